/** English: possessives end at an apostrophe; plural s, frequent words that are firms, denials. */
import { language, words } from "./endings.ts";

export const en = language("en", {
  functionWords:
    words(`is best most least very while both without before after between because only just over same since still any
    per me my does did could where those most one two than every under the of and to in is that it was for on are as with at be this have from or by but not what all were
    when your can said there use an each which she do how their if will up other about out many then them these so some
    her would like him into has more than its also they you we our my i a no`),
  endings: words("s"),
  commonWords: words(`
    target apple shell orange away visa max zoom notion slack ring nest blink nothing beats instant lively
    visible simplicity discover bear ninja moon lucid layla purple casper avocado nectar helix awesome honest
    native billie harry dollar burrow article floyd outdoor voices gap next express guess fossil coach columbia
    puma converse supreme champion dove olay secret degree axe old spice tide gain cheer bounty dawn joy pledge
    glad hefty dash square stripe block chime current robin ally capital one chase mint cricket boost metro
    straight talk consumer cellular total sprint sky three now paramount peacock prime alphabet meta oracle box
    drop figma linear monday click up height clay close copper keep front help scout drift gong outreach loom
    miro mural buffer later sprout hive motion craft things obsidian arc edge opera brave chrome safari spark
    superhuman hey proton bolt lime bird spin wheels via turo hertz budget thrifty enterprise national delta
    united american spirit frontier southwest virgin alliance unity progressive travelers root lemonade oscar
    bright clover humble mango boots argos very iceland spar coop subway five guys sonic chili outback olive
    garden texas roadhouse whole foods sprouts fresh thyme market fairway key principal guardian vanguard
    fidelity mercury ramp bill remote oyster lever greenhouse workable lattice leap culture amp fifteen small
    improvements reflect thrive calm headspace balance ten happier found ro hers sense whoop eight sleep number
    threads on brooks saucony under armour vans crocs clear byte candid burst oral water pik ember fellow shark
    wolf viking lodge made in great jones our place green pan all clad bennett material blue apron home chef
    factor freshly sun basket gobble every plate carrot daily harvest hungry misfit imperfect brava june pot
    beast magic bullet crown castle public storage general electric motors mills standard steel time life people
    us star mirror times post mail independent observer economist fortune money self shape health allure glamour
    vogue elle essence ebony jet focus quest insight vision spotlight beacon compass north south east west
    summit peak ridge valley river lake ocean wave surf sand stone rock iron gold silver diamond pearl ruby jade
    amber rose lily iris daisy ivy sage basil pepper salt sugar honey milk bread butter cream berry cherry peach
    plum lemon grape fig tiger lion fox eagle hawk falcon swan crane bee ant spider cat dog horse bull ram
    jaguar cougar panther good better best new first last big little smart simple easy quick fast free open safe
    sure true pure real right ideal perfect light dark hot cold cool warm soft firm solid strong power energy
    force flash fire flame glow pulse rhythm beat tempo echo audio signal wire link chain bridge gate door
    window wall roof floor room house base camp tent trail path road street lane park field farm barn ranch
    village town city state nation world globe earth planet mars venus saturn pluto cosmos galaxy nova comet
    orbit rocket shuttle ship boat sail anchor harbor port rapid swift turbo lift jump hop skip step stride
    march run walk race pace drive ride roll switch toggle press push pull grab hold catch throw play game match
    score goal win prize award king queen prince knight tower hall court judge law order rule plan project task
    list note page book paper pen pencil ink paint brush canvas frame picture photo image lens camera shot clip
    film movie show stage scene act drama comedy story tale word letter sign mark brand name label tag badge pin
    button zipper thread needle fabric cotton silk wool linen denim arrow bow shield sword blade knife fork
    spoon cup bowl dish kettle oven stove grill fridge freezer alone together always never ever forever today
    tomorrow yesterday then soon early late will grant frank grace hope faith chance charm fit plus pro mini
    ultra air lite core basic classic essential origin mode model method way means matter element atom ion
    quantum spectrum prism crystal clean nice fine fair circle triangle cube sphere ball point line curve angle
    corner center middle tuesday wednesday thursday friday saturday sunday january april july august september
    october november december`),
  verbs:
    words(`is has was had offers sells makes provides gives gets can will should may might does did also stands leads
    costs ranks remains uses lets allows works comes launched announced says said owns runs wins focuses combines delivers
    by would could features includes starts charges keeps takes excels shines appears carries stocks opened
    needs opens closes wants seems requires supports integrates goes helps becomes brings belongs holds loses pays adds
    asks says knows handles beats tries sits lies lasts never always only currently still now even already`),
  givenNames:
    words(`james john robert chris tom tim joe ben sam dave mike steve jim bob bill nick al barry bernie brad brent bret
    bruce carl chad clark clint craig curt dan derek don doug ed evan fred glenn greg hank harold
    howard ian ken kurt kyle leo lewis lou luke marc martin matt max neil nate phil ralph rod ron
    ross roy russ sean seth stan stuart ted todd tony travis trevor troy vince wayne zach abby alexa anne beth betsy
    brenda cathy christine claire connie debbie denise diane dorothy ellen erin gail heather jackie jill joan judy julie
    kate katie kelly kim lauren lori lucy maria martha megan nicole pam paula rachel ruth sally  
    teresa tina tracy wendy president professor mr mrs ms dr minister michael william david richard joseph thomas charles mary patricia jennifer linda
    elizabeth barbara susan jessica sarah karen nancy lisa margaret betty sandra ashley emily kimberly donna michelle carol
    amanda melissa deborah stephanie rebecca laura helen sharon cynthia anna amy kathleen daniel matthew anthony mark donald
    steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary nicholas eric
    jonathan stephen larry justin scott brandon benjamin samuel gregory frank alexander raymond patrick jack dennis jerry
    henry peter harrison oliver emma olivia sophia alice jane kate`),
  denials: [
    /(?:could ?n['’]?t|could not|can['’]?t|can ?not|unable to|was(?: not|n['’]t) able to|did(?: not|n['’]t)|do(?: not|n['’]t)) (?:(?:currently|actually|seem to|be able to) ){0,2}(?:find|locate|identify|verify|have|see)(?: (?:any|much|enough|reliable|specific|credible|public|publicly|available|verified|detailed|clear|current|further|more)){0,5} (?:information|info|details|data|results?|records?|evidence|anything|mentions?|sources?|reviews?|knowledge)(?: available)? (?:about|on|for|of|regarding|that mentions?)/,
    /(?:could ?n['’]?t|could not|can['’]?t|can ?not|unable to|did(?: not|n['’]t)) (?:find|locate|identify)(?: (?:a|an|any|the))?(?: (?:company|brand|product|firm|business|service|tool))?(?: (?:called|named))?/,
    /(?:do(?: not|n['’]t)) (?:know|recogni[sz]e)(?: of| about| anything about| much about)?/,
    /not (?:familiar with|aware of|acquainted with)/,
    /never heard of/,
    /(?:there is|there['’]s|there was|i have|i found|found|have) no (?:(?:public|publicly|available|reliable|credible|specific|verified) ){0,3}(?:information|info|details|data|records?|evidence|knowledge|mentions?)(?: available)? (?:about|on|of|for|regarding)/,
    /(?:\bno|(?:\bnot|n['’]t) (?:an?|any)) (?:(?:widely|commonly|publicly) )?(?:well-)?(?:known|recogni[sz]ed|established) (?:company|brand|product|firm|business|service|tool)/,
  ],
});
