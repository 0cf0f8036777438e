/** Places that are names of firms and clubs too: after a preposition of place they are places. */
import { words } from "./endings.ts";

/** Well-known towns and municipalities of Sweden, large cities of the Nordic countries, Europe and the world, US states. */
const places = words(`
  stockholm göteborg malmö uppsala västerås örebro linköping helsingborg jönköping norrköping lund umeå gävle borås
  södertälje eskilstuna halmstad växjö karlstad sundsvall östersund trollhättan luleå borlänge falun kalmar skövde
  karlskrona kristianstad kiruna varberg falkenberg ängelholm landskrona trelleborg ystad simrishamn hässleholm
  uddevalla kungälv alingsås lidköping mariestad skara vara värnamo gislaved vetlanda nässjö tranås eksjö vimmerby
  västervik oskarshamn nybro ljungby älmhult motala mjölby vadstena nyköping katrineholm flen strängnäs enköping sala
  köping arboga fagersta kumla hallsberg lindesberg nora karlskoga degerfors kristinehamn arvika torsby sunne säffle
  ludvika avesta hedemora leksand rättvik mora orsa älvdalen malung sandviken hudiksvall bollnäs söderhamn härnösand
  kramfors sollefteå örnsköldsvik åre östhammar norrtälje sigtuna täby solna sundbyberg lidingö nacka huddinge visby
  skellefteå lycksele piteå boden kalix haparanda gällivare jokkmokk arvidsjaur
  oslo bergen trondheim stavanger köpenhamn københavn copenhagen aarhus odense aalborg helsinki helsingfors espoo tampere
  turku vantaa oulu lahti reykjavik
  london birmingham manchester leeds liverpool sheffield bristol glasgow edinburgh newcastle nottingham leicester cardiff
  belfast dublin cork oxford cambridge york brighton southampton portsmouth
  berlin hamburg münchen munich köln cologne frankfurt stuttgart düsseldorf leipzig dortmund essen bremen dresden hannover
  nürnberg wien vienna graz salzburg zürich genève genf geneva basel bern lausanne
  paris marseille lyon toulouse nice nantes montpellier strasbourg bordeaux lille brussels bryssel antwerpen gent
  amsterdam rotterdam utrecht eindhoven luxembourg
  madrid barcelona valencia sevilla seville zaragoza málaga malaga bilbao lisboa lisbon porto
  roma rome milano milan napoli naples torino turin palermo genova bologna firenze florence verona venezia
  warszawa warsaw kraków łódź wrocław poznań gdańsk praha prague brno budapest bratislava bucharest sofia belgrade zagreb
  athens thessaloniki istanbul ankara izmir moscow kyiv riga vilnius tallinn minsk
  tokyo osaka kyoto beijing shanghai shenzhen guangzhou hongkong seoul busan taipei singapore bangkok jakarta manila hanoi
  delhi mumbai bangalore chennai kolkata karachi dubai riyadh tehran jerusalem cairo lagos nairobi johannesburg sydney
  melbourne brisbane perth auckland wellington toronto montreal vancouver ottawa calgary
  chicago houston phoenix philadelphia dallas austin jacksonville columbus charlotte indianapolis seattle denver boston
  nashville detroit portland memphis louisville baltimore milwaukee albuquerque tucson fresno sacramento atlanta miami
  cleveland orlando pittsburgh cincinnati
  alabama alaska arizona arkansas california colorado columbia connecticut delaware florida georgia hawaii idaho illinois
  indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana
  nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia washington wisconsin wyoming
  carolina dakota`);

const toPlace =
  /(?:^|\s)(?:i|till|från|in|to|from|near|nach|aus|utanför|nära|mellan|between|zwischen|(?:mellan|between|zwischen) \p{Lu}\p{L}{1,30} (?:och|and|und)) $/u;

/** Whether a name that is a place stands where places stand. */
export const isPlace = (name: string, before: string): boolean =>
  places.has(name.toLowerCase()) && toPlace.test(before);
