"""Facts that the model cannot be held against, each with the reason."""

ONE_CITY = "a count over many cities; a run is one city, which decides for itself only"
NO_PROGRAMME = "no programme of this kind is in the model yet"
NO_TYPE = "this type of crime is not in the model"
NO_INQUIRY = "nobody asks residents this in the model"
SET = "set, not found: a lever of the policy says it"
ONE_TRIAL = "speaks of many schemes or reviews; a measure of one simulated scheme says nothing about it"
LIVES = "needs many years of a person's life; the longest run has ten"

REASONS: dict[str, str] = {
    **dict.fromkeys(("T1-01", "T1-02", "T1-05", "T1-09"), ONE_CITY),
    **dict.fromkeys(
        ("T1-14",), "watches, block captains and volunteers of the city are not one list in the model"
    ),
    "T1-11": "the price of a contract is a lever; the model does not find it",
    "T2-03": ONE_TRIAL,
    **dict.fromkeys(("T2-13", "T2-15", "T2-16", "T2-17", "T2-18"), NO_PROGRAMME),
    **dict.fromkeys(("T2-23", "T2-24", "T2-25", "T2-26", "T2-27"), NO_PROGRAMME),
    **dict.fromkeys(("T2-28", "T2-29", "T2-30"), NO_PROGRAMME),
    "T2-42": "homicide is not in the model",
    **dict.fromkeys(("T2-51",), NO_PROGRAMME),
    "T3-08": NO_TYPE,
    "T3-25": "a message network raises what witnesses tell; single alerts are not in the model",
    "T4-03": "calls are drawn for a neighbourhood and have no address",
    "T4-09": "the city's coordinates are not to scale, so no distance can be given in metres",
    "T4-11": "shootings are not in the model",
    "T5-05": LIVES,
    "T5-14": NO_PROGRAMME,
    "T5-15": NO_PROGRAMME,
    "T6-02": "residents have no view of the nation",
    "T6-17": "who attends a meeting is not kept beyond the month",
    "T6-18": SET,
    "T6-20": ONE_CITY,
    "T7-11": "policies are compared at the same budget, all of which is spent; the model does not find the cost",
    "T8-02": "locking up is not among the protective behaviours; good locks and watching are",
    "T8-05": "the index counts behaviours that the model does not have",
    "T8-10": NO_INQUIRY,
    "T9-01": NO_PROGRAMME,
    "T9-05": "no misconduct becomes public knowledge in the model",
    "T9-06": "no misconduct becomes public knowledge in the model",
    "T9-09": "fire departments and tax limits are not in the model",
}
"""Identity of the fact to the reason."""
