"""What the staff of the demonstration wrote, in one place to read. Nobody in it is real, and neither is anything they say."""

from tracker.decisions.vocabulary import WhyNotByAgreement
from tracker.demo.wording import Meaning, Seen, Why
from tracker.policy.vocabulary import Purpose
from tracker.viewings.vocabulary import Told

# Said again and again --------------------------------------------------------------------------------------------

COMPETENT = "Put the question in their own words, and weighed what it would mean to say yes and to say no."
SAID_AT_HOME = "Said in the kitchen at home, with nobody else in the room."
READ_TOGETHER = "The letter was read through together at the home visit; a copy stayed there."
FACTS_RELIED_ON = "The check as it was asked for, the earlier look and its report, and the chronology of the case."
EVIDENCE = "Demonstration case system, case note of the same day"

FOR_THE_ASSESSMENT = Why(
    Purpose.ASSESSMENT,
    "Whether open posts agree with what we were told about who lives in the home.",
    "The assessment is due within ten days, and two visits gave two different accounts.",
    "Asked at both visits, and asked the school and the health visitor, who do not know.",
)
LOOKED = Seen(
    None, True, "The same photograph as on file, and the town that we know of.",
    "The school knows of the same household.", EVIDENCE,
)  # fmt: skip
NOTHING_THERE = Seen("Whether there is a page of this person.", False, "Nobody by this name and town was listed.")
TOLD = Meaning(
    "It agrees with what we had been told. No further look is needed.",
    Told.TOLD, "Told at the visit two days later.", True, "Shown a summary, and agreed with it.",
)  # fmt: skip
WILL_BE_TOLD = Meaning(
    "It raises a question that will be put to them at the next visit.",
    Told.WILL_BE_TOLD, "At the visit next week.", False, "It will be shared at that visit, with time to answer.",
)  # fmt: skip

# Families ---------------------------------------------------------------------------------------------------------

KIT_LEAFLET = "The general leaflet of Family Help, which says that information may come from the internet."
KIT = Why(
    Purpose.VERIFY_ACCOUNT,
    "Whether Kit was at the group that they say they went to every Thursday.",
    "The plan depends on it, and the group keeps no list of who comes.",
    "Asked the group, whose leader could not say.",
)
ALEX_DRAFT = Why(
    Purpose.FIND_FAMILY_OR_CONNECTED_PERSON,
    "Whether Alex still lives in the county and can be reached.",
    "Robin has asked to see Alex, and letters come back.",
    "",
)
RAE_REFUSES = "No. You have looked once, and I would rather you asked me."
RAE_AGAIN = Why(
    Purpose.ASSESSMENT,
    "Whether Sid has moved back in since the last visit.",
    "A neighbour rang to say that Sid is there most nights.",
    "Called at the house twice; nobody came to the door.",
    WhyNotByAgreement.ASKED_AND_REFUSED,
    "Rae was asked on the telephone and said no.",
)
SID = Why(
    Purpose.RISK_TO_CHILD_OR_ADULT,
    "Whether Sid has said in public that they mean to come to the house.",
    "The baby is due in eight weeks, and the plan says that Sid stays away.",
    "Asked the police, who hold nothing since the spring.",
    WhyNotByAgreement.ASKING_RAISES_RISK,
    "Asking Sid would tell them that Rae has spoken to us.",
)
IOAN = Why(
    Purpose.ASSESSMENT,
    "Whether what Gwen says of the week holds.",
    "Ioan told his teacher on Monday that he posts when he is alone at night.",
    "Spoke with Ioan at school, who would not say more.",
    WhyNotByAgreement.ASKING_RAISES_RISK,
    "Gwen reads his telephone.",
)
NOOR = Why(
    Purpose.RISK_TO_CHILD_OR_ADULT,
    "Whether the adult who writes to Noor can be seen among the people she follows openly.",
    "Noor showed her aunt two messages last night and then deleted them.",
    "Spoke with Noor and her aunt; the school's safeguarding lead has asked her too.",
    WhyNotByAgreement.ASKING_RAISES_RISK,
    "Noor may warn the adult, who has told her to keep it between them.",
)

# Agreement and notice ---------------------------------------------------------------------------------------------

MAX_SAYS_YES = "Yes, you can look at my Facebook and Instagram for the assessment. There is nothing to hide."
MAX = Why(
    Purpose.ASSESSMENT,
    "Whether the support that Max names is there: family close by, and friends who help.",
    "The assessment closes this week.",
    "Max named three people; two were reached by telephone.",
    WhyNotByAgreement.AGREED,
)
IVY_SAYS_YES = "You may look, if it helps Jude to come and stay with me."
IVY_TAKES_IT_BACK = "I have thought about it, and I do not want it after all."
IVY = Why(
    Purpose.PROSPECTIVE_CARER,
    "Whether the home and the people in it are as Ivy describes them.",
    "Jude may need to stay with Ivy from next week.",
    "A visit is booked, and two referees were asked.",
    WhyNotByAgreement.AGREED,
)
WREN_LETTER = "We may look at the open part of your Facebook page while your application is assessed. You may object."
WREN_AGAIN = Why(
    Purpose.PROSPECTIVE_CARER,
    "Whether the page still names the partner who, Wren tells us, has moved out.",
    "The panel meets on Thursday and will ask.",
    "Asked Wren, who has given a new address for the partner.",
    WhyNotByAgreement.AGREED,
)
WREN_APPROVED = "Wren was told in writing and did not object. One look, at this question only."

# Blocked, refused and declined ------------------------------------------------------------------------------------

LEE_AGAIN = Why(
    Purpose.RISK_TO_CHILD_OR_ADULT,
    "Whether Lee has written about Jude's new school.",
    "Jude's placement is to be kept from Lee, and somebody has rung the school.",
    "Asked the school and the police; neither knows who rang.",
    WhyNotByAgreement.ASKING_RAISES_RISK,
    "Asking would tell Lee that there is a new school.",
)
LEE_TO_LEGAL = "The question is a new one and serious. Legal should say whether it can be answered in this way at all."
SOL = Why(
    Purpose.VERIFY_ACCOUNT,
    "Whether Sol was abroad in the week when the bruise was seen.",
    "The strategy meeting is tomorrow.",
    "Asked Sol, who says so but has no ticket any more.",
)
PIA = Why(
    Purpose.ASSESSMENT,
    "How Pia spends her evenings.",
    "Her attendance has fallen.",
    "Not asked yet.",
)
PIA_DECLINED = "Nobody has asked Pia. Talk with her first, and come back if there is still a question."
ASH_APPROVED = "There is a risk, the question is narrow, and nobody else can answer it. One look."
FICTIONAL_AGAIN = Why(
    Purpose.RISK_TO_CHILD_OR_ADULT,
    "Whether Bo was at the party that Ash came home hurt from.",
    "Ash will not say who was there.",
    "Asked Ash, Mo and the youth worker.",
    WhyNotByAgreement.ASKING_RAISES_RISK,
    "Ash is afraid of what Bo would do.",
)
FICTIONAL_HOLD = "Two of one family were looked at within a week and a third look was asked for by another team."
FERN_AGAIN = Why(
    Purpose.ASSESSMENT,
    "Whether Fern lives where she says.",
    "The tenancy ends this month.",
    "Asked the housing officer, who did not answer.",
)

# Authorities ------------------------------------------------------------------------------------------------------

DALE_OFFENCE = "Fraud by false representation, Fraud Act 2006 section 1"
DALE_NECESSARY = (
    "Direct payments are claimed for a carer who, it is said, does not exist. Records have been asked for twice."
)
DALE_STILL_NEEDED = (
    "Still necessary: one look was made, and the dates claimed for were asked of the bank. Nothing collateral was kept."
)
DALE = Why(
    Purpose.PREVENT_OR_DETECT_CRIME,
    "Whether the carer whom Dale names is shown or mentioned on the days claimed for.",
    "Claims go in each month, and the next is due on Friday.",
    "Asked Dale for time sheets and the payroll firm for its records.",
    WhyNotByAgreement.ASKING_RAISES_RISK,
    "Dale would be likely to take the posts down.",
)
DALE_CONCLUDED = Meaning(
    "Nobody is named or shown on the days claimed for. The investigation goes on with the bank's records.",
    Told.WOULD_PREJUDICE,
    "Telling Dale now would end the investigation; it is looked at again at each review.",
    False,
    "It will be put to Dale at interview.",
)
TONI_OFFENCE = "Cruelty to a person under sixteen, Children and Young Persons Act 1933 section 1"
TONI_NECESSARY = (
    "The children are said to be left alone overnight. Visits in the day cannot show it, and the police have asked us."
)
TONI = Why(
    Purpose.PREVENT_OR_DETECT_CRIME,
    "Whether Toni was out on the nights that the children describe.",
    "The children were interviewed yesterday.",
    "Visits, the school, the neighbours.",
    WhyNotByAgreement.ASKING_RAISES_RISK,
    "Toni would know what the children have said.",
)
TONI_TO_LEGAL = "The authorisation is granted and the hearing is listed. Please say when it has been approved."
MO_TERMS = (
    "The local authority shall have permission to view the open part of the first respondent's Facebook page, "
    "and shall file a statement of what is found by the date in paragraph 4."
)
MO = Why(
    Purpose.COURT_DIRECTED,
    "What the order asks: whether the first respondent writes openly about the proceedings.",
    "The statement is to be filed next week.",
    "The order names this way of finding out.",
    WhyNotByAgreement.COURT,
)
HAL_QUESTION = "May one more look be made at the page of a grandparent who offers to care, about one named friend?"
HAL_ADVICE = "On these facts a single further look at one question, which Hal expects, is not directed surveillance."
HAL_AGAIN = Why(
    Purpose.PROSPECTIVE_CARER,
    "Whether the friend who is not to be near the children is still in touch with Hal.",
    "The children may move to Hal at the end of the month.",
    "Asked Hal, who says that they have not spoken since summer.",
)
HAL_APPROVED = "Legal has advised that one look may be made. The question is narrow, and Hal expects it."

# Counted ----------------------------------------------------------------------------------------------------------

NICO_LATE = Why(
    Purpose.ASSESSMENT,
    "Whether Nico had answered the message sent in the morning.",
    "The visit was to be next day.",
    "Rang twice.",
)
NICO_WHY_LATE = "Opened the page from the address in the case note to see whether it was still there, without thinking."
THEO = Why(
    Purpose.TRACE_MISSING_PERSON,
    "Whether Theo has a page, and whether it says openly where Theo is staying.",
    "Theo has not been seen for nine days, and medication has run out.",
    "Asked the family, two friends and the hostel.",
    WhyNotByAgreement.CANNOT_BE_FOUND,
    "Theo's telephone is off and nobody has an address.",
)
THEO_CONCLUDED = Meaning(
    "There is no page in this name. The hostel will ring if Theo comes back.",
    Told.IMPOSSIBLE, "Theo cannot be reached.", False, "There is nothing to share.",
)  # fmt: skip
JUDE_DANGER = (
    "Jude wrote to a friend of wanting to die, and left home an hour ago. The friend rang us; the police know."
)
JUDE_SEEN = Seen(
    "Where Jude is now.", True, "The friend read out the handle.", "The police went to the place and found Jude.", EVIDENCE
)  # fmt: skip
JUDE_AFTERWARDS = Why(
    Purpose.RISK_TO_CHILD_OR_ADULT,
    "Whether Jude had said openly where they were going.",
    "The friend had seen Jude post there that evening, and nobody could reach Jude by telephone.",
    "Jude's telephone was switched off; the family and the school did not know where Jude was.",
    WhyNotByAgreement.URGENT,
    "Jude could not be reached, and every minute counted.",
)
JUDE_CONCLUDED = Meaning(
    "The police found Jude safe within the hour. Jude is with Ivy tonight.",
    Told.TOLD, "Told at the police station the same evening.", True, "Talked through with Jude, who was not surprised.",
)  # fmt: skip

LOU = Why(
    Purpose.STAFF_SAFETY_BEFORE_VISIT,
    "Whether Lou has openly threatened anybody who calls at the house.",
    "A visit cannot wait until the morning, and the last worker was met at the gate with a dog.",
    "Asked the police, who hold nothing, and the housing officer, who did not answer.",
    WhyNotByAgreement.URGENT,
    "Lou's telephone is switched off.",
)

WREN_ON_DUTY = "The police rang: Wren was found at the station at two in the morning and would not say with whom."
WREN_APPROVED = "Find out, once, whether Wren has said openly where they mean to go next. Nothing else."
WREN = Why(
    Purpose.RETURN_FROM_MISSING,
    "Whether Wren has said openly where they mean to go next.",
    "Wren came home this morning and has told a friend that they will leave again tonight.",
    "Spoke to Wren, to their aunt and to the school.",
    WhyNotByAgreement.ASKING_RAISES_RISK,
    "Wren says that they will leave at once if anybody looks.",
)

# Known in other ways ----------------------------------------------------------------------------------------------

SUNNY_BROUGHT = "The school's safeguarding lead showed a post unasked: a child by this handle says they slept in a car."
SAME_FRANKIE = "Frankie gave this handle at the first visit, and the photograph is the same."
QUINN_ASK = "Ben Okoro, team manager of Family Help North"
ELIN_APPROVED = "One look at what is open, before the hearing."
ELIN_SEALED = "The adoption order of the family court, made this month."
ELIN_SAME = "The adoption order names both."

# What Legal applies for ---------------------------------------------------------------------------------------------

FAY_OFFENCE = "Fraud by false representation, Fraud Act 2006 section 2"
GIL_TERMS = "The local authority may view the open posts of the father once, to find where he lives."
MAXIMUM_PENALTY = "Ten years' imprisonment on indictment"
SOUGHT = "What is offered or said openly on the accounts known, on one day a week."
NECESSARY = "What is alleged can be shown in no other way, and those who know will not make a statement."
PROPORTIONATE = "Only open pages and only the accounts known. Letters, visits and the people concerned brought nothing."
COLLATERAL = "Friends and family write on the same pages. Nothing of theirs is kept unless it is part of the offence."

# Standing in ---------------------------------------------------------------------------------------------------------

ON_LEAVE = "Annual leave"

# What the council settled for itself -------------------------------------------------------------------------------

OFFICER = "Priya Sample"
STAFF_SAFETY_FUNCTION = "Children Act 1989 sections 17 and 47; Health and Safety at Work etc. Act 1974 section 2"
WHY_THIS_BASIS = "Visits are made to safeguard children, and so is the look before one."
WHY_THESE_LIMITS = "One page is enough for a first look, and reports come in late after weekends."
