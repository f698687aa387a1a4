"""Short forms and spellings of first names that sound or look too little alike to be found by sound or spelling.

Our own list, of what is common in Britain, drawn up for this product from general knowledge; a council may miss a name in it:
then only sound and spelling are compared. A name may stand in several rows ("sam" for Samuel and for Samantha), which makes
neither of the whole names the other.
"""

from functools import cache

_ROWS = """
aaron ron ronnie | abigail abi abby abbie gail | adam addy | alan allan allen alun al | albert al bert bertie
alexander alex alec alexis sandy xander sacha sasha lex | alexandra alex alexa lexi lexie sandra sasha
alfred alf alfie fred freddie | alison ali allie | amanda mandy | amelia amy millie milly | andrea andie
andrew andy drew | angela angie | ann anne anna annie nan nancy | anthony antony tony ant | antonia toni
archibald archie | arthur art artie | barbara barb babs | barnaby barney | bartholomew bart
beatrice bea beatrix trixie | benjamin ben benny benji | bernard bernie | bridget bridie biddy | brian bryan
cameron cam | carol carole caroline carolyn carrie caz
catherine katherine kathryn katharine cath cathy kate katie katy kathy kat kit kitty kay | charles charlie chas chuck
charlotte charlie lottie lotte char | christine christina chris chrissie tina | christopher chris kit topher kester
clare claire clara | clifford cliff | constance connie | cynthia cindy | daniel dan danny | danielle dani
david dave davey davy dai dewi | deborah debra deb debbie debs | derek del | dominic dom nick | donald don donnie
dorothy dot dotty dolly | douglas doug dougie | edward ed eddie ted teddy ned eddy
eleanor ellie nell nellie nora elinor ella leonora
elizabeth elisabeth eliza liz lizzie lizzy beth bess bessie betty betsy libby lisa elsie elspeth lilibet
ellen ellie nell nellie | emily em emmy millie | emma em emmy | eric rick | ernest ernie | esther essie | eugene gene
euan ewan ewen | eve eva evie | evelyn evie eve | florence flo flossie florrie
frances fran francesca frankie fanny franny | francis frank frankie fran | frederick fred freddie freddy
gabriel gabe | gabrielle gaby gabi | gareth gary gaz | geoffrey jeffrey geoff jeff | george georgie
georgina georgia georgie gina | gerald gerry jerry | geraldine gerry | gerard gerry ged | gillian gill jill jillian
graham graeme | gregory greg | gwendolen gwendoline gwen wendy | harold harry hal | harriet harry hattie hettie
helen nell ellen elena nellie | henry harry hal hank | herbert bert herb bertie | hugh huw hughie | ian iain
imogen immy | isaac ike zac zak | isabella isabelle isobel isabel bella izzy belle tibby | jacob jake coby
jacqueline jackie jacqui | james jim jimmy jamie jem | jane janie jenny | janet jan | janice jan | jason jay jase
jean jeannie | jennifer jen jenny jenni | jeremy jerry jez jem | jessica jess jessie | joan joanie
joanna joanne jo joey | john jon johnny jack jackie | jonathan jon jonny nathan johnathan johnny | joseph joe joey jo
josephine jo josie fifi | joshua josh | judith judy jude | julia julie jules | julian jules | katrina trina kat
kenneth ken kenny | kevin kev | kimberley kim kimberly | laura laurie lori | laurence lawrence larry laurie loz
leonard leo len lenny | leslie les lesley | lewis louis lew lou louie | lilian lily lil lillian
linda lynda lindy lyn | louise lou louisa | lucy lucie lucinda lulu cindy | luke lucas
madeleine maddie maddy madeline | malcolm mal
margaret maggie meg megan peggy peg madge marge margie greta daisy rita mags | marcus marc mark | maria mary marie
marion marian | mark marc | martha marty | martin marty | mary molly polly may mae mamie | matilda tilly mattie tilda
matthew matt matty | maureen mo | maurice morris mo | maxwell max | maximilian max | melanie mel
melissa mel lissa missy | michael mike mick mickey micky mikey mitch | michelle shell shelly chelle | mildred millie
miranda mandy | mohammed mo | morgan mog | nancy nan | natalie nat nattie | nathan nate nat
nathaniel nathan nate nat | neil neal niall | nicholas nick nicky nico nicolas | nicola nicky nikki nic nicole
nigel nige | norman norm | oliver ollie olly | olivia liv livvy ollie libby | oscar ozzy | pamela pam
patricia pat patsy tricia trish patti paddy | patrick pat paddy padraig rick | paula polly | penelope penny pen
peter pete | philip phillip phil pip | philippa pip pippa | priscilla cilla | rachel rachael rach shelley
rebecca becky becca becs bex | reginald reg reggie | rhys reece rees reese
richard rick ricky rich richie dick dickie | robert rob robbie bob bobby bert robin | roberta bobbie
roderick rod roddy | rodney rod | roger rodge | ronald ron ronnie | rosemary rose rosie romy | rosalind roz ros
roxanne roxy | rupert rob | russell russ | ruth ruthie | samantha sam sammy sammie | samuel sam sammy | sandra sandy
sarah sara sally sadie | scarlett letty | sean shaun shawn shane eoin | sebastian seb bas | sharon shaz
shirley shirl | sian shan | sidney sid sydney syd | simon si | siobhan shivaun shivon chevonne
sophie sophia soph sofia | stanley stan | stephanie steph stevie stefanie | stephen steven steve stevie ste
stuart stewart stu | susan sue susie suzie suzy suzanne susannah | sylvia sylvie silvia | tabitha tabby
teresa theresa terry tess tessa tracy | terence terry tel terrance | theodore theo ted teddy | thomas tom tommy thom
timothy tim timmy | tobias toby | tracey tracy traci | trevor trev | ursula ursie | valerie val | vanessa nessa ness
vera veronica ronnie | victor vic | victoria vicky vicki tori vic | vincent vince vinny | violet vi | virginia ginny
vivian viv vivien vivienne | walter wally walt | wayne waz | wilfred wilf fred
william will bill billy willie liam wills gwilym | winifred win winnie fred | yvonne eve | zachary zac zach zak zack
zoe zoey
"""

_SPELLINGS = """
aaliyah aliyah aleeyah alia aliya | abdul abdel abdal abd | ahmed ahmad ahmet achmed
aisha ayesha aysha aishah aicha ayisha asha | ali aly | aleksander aleksandr alexander oleksandr
aleksandra alexandra oleksandra | amina aminah ameena | amir ameer emir | andrzej andrew andriy andrei
anya anja ania | bilal belal | dmitri dmitry dmytro dima | ekaterina katerina kateryna katya catherine | elif elef
fatima fatimah fatma fatema fatoumata | farouk faruk faruq | hamza hamzah | hasan hassan hasson
hussain hussein husain hossain husayn | ibrahim ebrahim ibraheem abraham | ismail ismael esmail ishmael | iman eman
jerzy george | jamal jamaal gamal | jamil jameel | jan john | katarzyna kasia catherine | khadija khadijah hadija
khalid khaled | krzysztof christopher krzys | layla leila laila leyla | magdalena magda | malgorzata gosia margaret
mahmoud mahmud mahmood | maryam mariam miriam mary | michal michael | mikhail michael misha mykhailo
mohammed muhammad mohammad mohamed muhammed mohamad muhamad mohd muhd md mehmet mahomed mahammed mohamud mohamoud
mustafa mostafa | nadia nadya | natalia natalya nataliya natasha | nikolai mykola nicholas kolya | nur noor nour
olena elena helen | oleg oleh | omar umar omer | pawel paul pavlo pavel | piotr peter petro petr | rashid rasheed
rahman rehman | said saeed sayed syed sayeed | salma selma | samira sameera | serhiy sergei sergey
sofia sophia zofia | stanislaw stan | suleiman sulaiman suleman solomon | tareq tariq tarek | tomasz thomas
usman osman uthman usmaan | vladimir volodymyr vova | wojciech wojtek | yusuf yousef youssef yousuf yosef joseph yusef
yulia julia iulia | yuri yuriy | zainab zaynab zeinab zeynep | zahra zara zarah
"""


@cache
def _rows_of() -> dict[str, frozenset[str]]:
    """Of each name, the first names of the rows that it stands in."""
    found: dict[str, set[str]] = {}
    for row in (_ROWS + _SPELLINGS).replace("\n", "|").split("|"):
        names = row.split()
        for name in names:
            found.setdefault(name, set()).add(names[0])
    return {name: frozenset(rows) for name, rows in found.items()}


def whole_names(word: str) -> frozenset[str]:
    """The names that `word`, in plain small letters, may be a form of; empty for a name in no row."""
    return _rows_of().get(word, frozenset())


def may_be_one_name(one: str, other: str) -> bool:
    """Whether two words, in plain small letters, are forms of one name."""
    return bool(whole_names(one) & whole_names(other))
