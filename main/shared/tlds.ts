/**
 * Which last labels make a dotted name a domain. Data for defang.ts. A label that is missing leaves a name undefanged; one too many
 * puts `[.]` into a file name.
 */
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const classic = words(`
com net org edu gov mil int arpa onion info biz name pro mobi aero asia coop jobs museum post tel travel xxx example
`);

const countries = words(`
ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf cg
ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gb gd ge gf gg gh
gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr
kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf
ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl
sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu
wf ws ye yt za zm zw
`);

const general = words(`
top xyz online site website club shop store tech live life work works world space icu vip buzz fun host hosting press
link click rest cyou monster bond quest sbs cfd lol autos beauty hair skin makeup boats homes motorcycles yachts cloud
app dev page web agency email support services service solutions systems network digital media group company today news
blog wiki chat zone center guru ninja rocks bank loan loans win bid trade date review reviews stream download racing
party science faith cricket accountant accountants men gdn kim wang ooo ink red blue pink black green gold design art
studio photo photos photography pics pictures gallery graphics video game games bet casino poker finance financial money
cash credit creditcard capital fund tax legal law lawyer attorney health care clinic dental doctor hospital pet dog
coffee cafe pizza bar pub beer wine vodka restaurant kitchen recipes menu food city town land house apartments estate
properties property rent rentals tools equipment parts supply supplies build builders construction energy solar eco bio
earth organic farm garden fish academy school schools university college education training courses degree institute
international global africa berlin hamburg koeln london paris nyc tokyo osaka amsterdam moscow sydney melbourne vegas
miami boston quebec wien zuerich brussels vlaanderen wales scot irish cymru bayern swiss istanbul dubai rio taipei xin
ren plus one ltd llc inc gmbh srl limited partners ventures holdings enterprises industries management marketing
consulting expert software computer codes domains directory exchange express delivery dating events fashion clothing
boutique jewelry watch watches shoes fitness football golf hockey soccer surf tennis yoga run bike car cars auto taxi
limo flights cruises holiday tours vacations camp tickets voyage guide tips cheap deals discount bargains sale promo
free gift gifts toys baby kids family love wedding singles sexy sex porn adult cam mom dad ngo ong foundation charity
church bible vote voto democrat republican social community forum radio audio music band theater theatre show movie film
actor hiphop juegos observer report reisen immo haus kaufen versicherung schule moda viajes futbol abogado navy army
airforce engineer engineering physio vet dentist surgery pharmacy medical healthcare insurance insure mortgage claims
diet hiv cool best ceo citic contact contractors cooking country creditunion diamonds dance esq exposed fail fans
feedback fit flowers forsale foo forex fyi furniture glass gripe icbc immobilien krd lat lease lgbt lighting luxury
maison mba meme memorial okinawa place plumbing productions qpon realtor repair security shiksha shopping soy sucks
synology tattoo team technology tienda tires trading tube vision vin villas viva webcam wtf yokohama zip mov
`);

const international = words(`
рф онлайн сайт орг укр бел мкд срб бг қаз 中国 中國 公司 网络 网址 在线 中文网 香港 台湾 台灣 新加坡 한국 닷컴 日本 भारत
`);

export const tlds: ReadonlySet<string> = new Set([...classic, ...countries, ...general, ...international]);

/** Domains that are better known as file name endings: only names of three labels and more, away from a path, count. */
export const fileLikeTlds: ReadonlySet<string> = new Set(words('sh rs md py so ps zip mov app pm'));
