/// Parameters, shaping words, and words that change nothing.
enum EnglishDetails {
    static let table = """
        set card_brand visa | visa
        set card_brand mastercard | mastercard, master card
        set card_brand amex | amex, american express
        set card_brand discover | discover card, discover
        set card_brand jcb | jcb
        set card_brand unionpay | unionpay, union pay
        set card_type virtual | virtual
        set card_type physical | physical, plastic
        set implied_rail ach_same_day | same day ach
        set implied_rail ach | ach
        set implied_rail sepa_instant | sepa instant, sct inst, instant sepa
        set implied_rail sepa_debit | sepa direct debit, sepa debit, sdd, sepa direct debits
        set implied_rail sepa_credit | sepa credit, sepa credit transfer, sct, sepa transfer, sepa
        set implied_rail faster_payments | faster payments, faster payment
        set implied_rail bacs | bacs
        set implied_rail chaps | chaps
        set implied_rail wire | wire, wire transfer, fedwire, wired
        set implied_rail swift | swift
        set implied_rail fednow | fednow
        set implied_rail rtp | rtp, real time payment
        set implied_rail interac | interac
        set implied_rail pix | pix
        set implied_rail fps_hk | hong kong fps, fps hong kong
        cue debit | pull, debit, collect, direct debit, draw, pull from
        cue credit | credit, push, send, payout by
        set speed instant | instant, instantly, at once, immediately, right away, in real time, \
        express, straight away
        set speed standard | standard speed, standard
        set interval day | daily, per day, every day, each day
        set interval week | weekly, per week, every week, each week
        set interval month | monthly, per month, every month, each month, month by month
        set interval quarter | quarterly, per quarter, every quarter, each quarter
        set interval year | yearly, annual, annually, per year, every year, each year
        set trial | <duration> trial, <duration> free trial, trial of <duration>, free trial of \
        <duration>, first <duration> free, <duration> free, <duration> trial period, trial period \
        of <duration>, trial for <duration>
        set due_in | due in <duration>, due within <duration>, payable in <duration>, payable \
        within <duration>, due after <duration>, net <duration>
        set valid_for | valid for <duration>, locked for <duration>, lock .. for <duration>, good \
        for <duration>, holds for <duration>, guaranteed for <duration>
        set since | last <duration>, of the last <duration>, past <duration>, since <duration>, \
        from the last <duration>, in the last <duration>, previous <duration>, within the last \
        <duration>
        set since P1D | yesterday, today, since yesterday, of today, last day
        set since P7D | last week, this week, past week
        set limit | last <number>, latest <number>, first <number>, newest <number>, at most \
        <number>
        set settlement_currency | settled in <currency>, settle in <currency>, settles in \
        <currency>, settlement in <currency>, settling in <currency>, paid out in <currency>, \
        merchant gets <currency>, merchant receives <currency>, settlement currency <currency>
        set buy_currency | into <currency>, to <currency>, in <currency>, for <currency>, against \
        <currency>
        set sell_currency | from <currency>
        set amount_side buy | buy, receive exactly, to receive, buys, purchase of currency
        set cross_currency true | cross currency, multi currency, cross border currency
        set off_session true | off session, merchant initiated, mit
        set final true | final capture, final, as the final
        set at_period_end true | at the end of the period, at period end, when the month is over, \
        when the period ends, at the end of the billing period, end of the billing period, when \
        the year is over, when the period is over, at the end of the term
        set proration false | without proration, no proration
        set proration true | proration, prorated, pro rata, with proration, prorate
        set dispute_reason fraudulent | fraud, fraudulent, as fraudulent, as fraud, fraud dispute, \
        fraud reason
        set dispute_reason duplicate | duplicate, duplicate charge, charged twice, double charge, \
        billed twice
        set dispute_reason product_not_received | product not received, not received, goods never \
        arrive, never arrive, item not received, goods not received, not delivered goods, never \
        received, did not arrive, merchandise not received, nothing arrived, parcel never came, \
        never got
        set dispute_reason product_unacceptable | product unacceptable, not as described, \
        defective, broken item, damaged goods, wrong item, faulty, goods were damaged, poor \
        quality, arrived broken, item .. broken, unacceptable
        set dispute_reason subscription_canceled | subscription canceled, cancelled subscription, \
        canceled subscription, charged after cancel, subscription was cancelled
        set dispute_reason unrecognized | unrecognized, does not recognise, not recognized, \
        doesn't recognize, does not recognize, unrecognised, doesn't recognise, not recognised, \
        unknown charge
        set dispute_reason credit_not_processed | credit not processed, refund not processed, \
        refund never came, refund never arrived, no refund received
        set dispute_reason general | general reason, general dispute
        set dispute_reason bank_cannot_process | bank cannot process
        set dispute_reason debit_not_authorized | debit not authorized, debit was not authorized
        set network_reason_code | reason code <number>, network code <number>, reason <number>, \
        code <number>
        set refund_reason requested_by_customer | requested by customer, customer asked, at the \
        customer's request, customer changed .. mind, customer request, on request, requested by \
        the customer
        set refund_reason duplicate | duplicate, because it was a duplicate, charged twice, double \
        charge
        set refund_reason fraudulent | fraudulent, fraud, because of fraud
        set cancellation_reason requested_by_customer | requested by customer, customer asked, at \
        the customer's request, customer request
        set cancellation_reason abandoned | abandoned, cart abandoned
        set cancellation_reason duplicate | duplicate
        set cancellation_reason fraudulent | fraudulent, fraud
        set recall_reason DUPL | duplicate, as a duplicate, dupl, sent twice
        set recall_reason TECH | technical problem, technical error, tech
        set recall_reason FRAD | fraud, frad, fraudulent
        set recall_reason CUST | customer request, cust, at the customer's request, requested by \
        the customer
        set recall_reason AC03 | wrong account, wrong iban, ac03
        set recall_reason AM09 | wrong amount, am09
        set mandate_type core | core
        set mandate_type b2b | b2b
        set sec_code PPD | ppd
        set sec_code CCD | ccd
        set sec_code CTX | ctx
        set sec_code WEB | web, sec code web
        set sec_code TEL | tel
        set sec_code IAT | iat
        set verification_method micro_deposits | micro deposits, micro deposit
        set verification_method instant | instant, instantly
        set verification_method name_check | name check, confirmation of payee
        set evidence_type receipt | receipt
        set evidence_type shipping_proof | shipping proof, proof of delivery, tracking, proof of \
        shipping, delivery proof, shipping evidence, shipping documents, proof of shipment, \
        shipping receipt
        set evidence_type customer_communication | customer communication, emails with the \
        customer, chat log, correspondence, chat with the customer, communication
        set evidence_type refund_policy | refund policy
        set evidence_type service_log | service log, usage log, access log, service logs
        set block_reason lost | lost, was lost, as lost, lost card
        set block_reason stolen | stolen, was stolen, as stolen
        set block_reason damaged | damaged, broken, as damaged
        set block_reason suspected_fraud | suspected fraud, fraud
        set block_reason customer_request | customer request, customer asked, customer wants it
        set entry_mode chip | chip
        set entry_mode contactless | contactless, tap
        set entry_mode magstripe | magstripe, magnetic stripe, swiped
        set entry_mode manual | keyed in, manual entry
        set entry_mode online | online, ecommerce, e commerce
        set limit_period day | a day, per day, daily, each day
        set limit_period week | a week, per week, weekly
        set limit_period month | a month, per month, monthly
        set limit_period transaction | per transaction, per purchase
        set wallet apple_pay | apple pay
        set wallet google_pay | google pay
        set wallet samsung_pay | samsung pay
        set method cash | cash, in cash
        set method check | by check, with a check, cheque
        set method transfer | by transfer, by bank transfer
        set method card | by card
        set check selfie | selfie check, selfie
        set check liveness | liveness check, liveness
        set check address | address check, address verification, proof of address check
        set check age | age check, age verification, verify .. age, check .. age
        set check document | document check, document verification
        set check watchlist | watchlist screening, watchlist check, sanctions screening, pep \
        screening
        set check database | database check
        set check phone | phone check
        set check email | email check
        set document_type passport | passport
        set document_type id_card | id card, identity card, national id
        set document_type driving_licence | driving licence, driver's license, driver's licence, \
        driving license, drivers license, drivers licence, licence, driver license
        set document_type residence_permit | residence permit
        set document_type proof_of_address | proof of address, utility bill, old utility bill, \
        electricity bill, gas bill
        set document_type bank_statement | bank statement
        set document_type company_register_extract | register extract, company register extract, \
        registry extract
        set document_type articles_of_association | articles of association
        set rejection_reason image_quality | blurred, blurry, glare, cropped, bad image, image \
        quality, unreadable, poor photo, out of focus, bad photo, too dark, photo .. dark, poor \
        image
        set rejection_reason face_mismatch | face mismatch, face does not match, selfie does not \
        match, not the same face, selfie mismatch, selfie .. not match, face .. not match, \
        different face, another person's face, faces do not match
        set rejection_reason liveness_failed | liveness fails, liveness failed, not a live person, \
        liveness check fails, liveness .. fail
        set rejection_reason document_expired | expired passport, document expired, passport is \
        expired, expired document, expired id, passport has expired, id card is expired, licence \
        is expired, expired driving licence, passport expired, document is expired, expired \
        licence, document has expired, expired id card, licence expired, licence has expired, id \
        .. expired, card .. run out
        set rejection_reason document_forged | forged, forged passport, fake passport, fake \
        document, forgery, counterfeit, fake, tampered document, fake id, falsified, manipulated \
        document, doctored
        set rejection_reason document_unsupported | document not supported, unsupported document, \
        document type is not supported, document type not supported
        set rejection_reason screenshot_used | screenshot, photo of a screen
        set rejection_reason data_mismatch | data mismatch, data does not match, name does not \
        match, birth date does not match, details do not match, data .. not match, date of birth \
        .. not match, mismatch
        set rejection_reason address_mismatch | address mismatch, address does not match, address \
        .. not match, address differs
        set rejection_reason duplicate_identity | duplicate identity, already registered, same \
        person twice, identity already exists, already has an account, duplicate
        set rejection_reason country_unsupported | country not supported, unsupported country, \
        country is not supported
        set list sanctions | sanctions list
        set list pep | pep, politically exposed, pep list, politically exposed person
        set list adverse_media | adverse media, negative news, bad press
        set minimum_age | at least <number>, over <number>, minimum age <number>, minimum age of \
        <number>, older than <number>, <number> or older, must be <number>, at least <number> \
        years old
        set owners | <number> owners, with <number> owners
        set channel sms | by sms, via sms, by text, sms code, via text, on sms, text messages
        set channel voice | by voice, by phone call, by call, via voice, by phone, via call, voice \
        code, voice call, via phone call
        set channel email | by email, by e mail, via email, email code, on email, on e mail, email \
        verification, email one time
        set channel whatsapp | by whatsapp, via whatsapp, on whatsapp, over whatsapp
        set channel push | by push, via push
        set code_length | <number> digit code, <number> digits, <number> digit, with <number> \
        digits, code of <number> digits
        set category marketing | marketing, promotional, promo, promotion, advertising
        set category otp | otp category
        set category transactional | transactional
        set code | enter <number>, type <number>, enters <number>, code <number>, enter <quoted>, \
        code is <number>, with <number>
        set body STOP | reply stop, answers stop, texts stop, replies with stop, sends stop, texts \
        back stop, writes stop, inbound stop, inbound sms stop, inbound text stop
        set body START | reply start, answers start, texts start, replies with start, texts back \
        start
        set body HELP | reply help, answers help, texts help, replies with help, texts back help
        set subject | subject <quoted>, with subject <quoted>, titled <quoted>, subject line \
        <quoted>, with the subject <quoted>, entitled <quoted>, subject is <quoted>
        set body | saying <quoted>, body <quoted>, says <quoted>, that says <quoted>, reads \
        <quoted>, with body <quoted>, with text <quoted>
        set template | template <id>, with template <id>, template <quoted>, template named <id>
        set label | called <quoted>, named <quoted>, label <quoted>, labelled <quoted>
        set description | description <quoted>, described as <quoted>, with description <quoted>
        set note | note <quoted>, with note <quoted>, with the note <quoted>
        set to | to <phone>, to <email>
        set from | from <phone>, from number <phone>, sender <quoted>, from sender <quoted>, from \
        <quoted>
        set delivery_delay | delivered after <duration>, delivery takes <duration>, delivered \
        <duration> later, arrives after <duration>, arrives <duration> later, delivery after \
        <duration>
        set date_of_birth | born <date>, born on <date>, date of birth <date>, birthday <date>, \
        dob <date>
        set effective_date | effective <date>, effective date <date>, value date <date>, effective \
        on <date>, due on <date>
        set idempotency_key same | same idempotency key, same key, with the same idempotency key, \
        identical idempotency key, under the same key, one idempotency key, sharing .. idempotency \
        key
        set idempotency_key | idempotency key <quoted>, idempotency key <id>, key <quoted>
        set grant_type client_credentials | client credentials
        set grant_type authorization_code | authorization code
        set grant_type refresh_token | refresh token, refresh
        set grant_type device_code | device code, device flow
        set pack risk-intense | risk intense
        set pack payment-failure | payment failure
        set pack compliance-review | compliance review
        set signature_scheme ed25519 | ed25519
        set signature_scheme hmac_sha256 | hmac, hmac sha256
        set signature_scheme standard_webhooks | standard webhooks
        set events payment.* | payment events, payments to, events of payments, all payment events
        set events refund.* | refund events, refunds to, events of refunds
        set events dispute.* | dispute events, disputes to, chargeback events
        set events payout.* | payout events, payouts to
        set events transfer.* | transfer events
        set events customer.* | customer events
        set events invoice.* | invoice events
        set events subscription.* | subscription events
        set event_type dispute.* | dispute events
        set event_type payment.* | payment events
        set which last | last delivery, last webhook, latest webhook, last event, last request, \
        latest delivery, last call, latest request, latest event, most recent webhook, most recent \
        request, last one, previous request, most recent event
        set which all | all deliveries, all webhooks, every webhook, all events, all of them, \
        every delivery, every event
        set which failed | failed deliveries, failed webhooks, failed webhook, failed requests, \
        failed delivery, failed ones, undelivered webhooks, failed events, ones that failed, \
        deliveries that failed, webhooks that failed, requests that failed, events that failed, \
        ones which failed
        set contract_version latest | new contract, current contract, newest version, latest \
        version, latest contract, new version, current version
        set contract_version | version <number>, contract <number>, contract version <number>, on \
        <number>, v <number>
        set from_step | from step <number>, step <number>, from step number <number>
        set status refunded | refunded, refunded ones, refunded payments
        set status declined | declined, declined ones, declined payments
        set status failed | failed, failed ones, failed payments
        set status succeeded | successful, succeeded
        set status returned | returned, returned ones
        set status disputed | disputed
        set status pending | pending
        set status settled | settled
        set status undelivered | undelivered
        set status delivered | delivered
        set status needs_response | open disputes, needing response, need a response, needs \
        response, open
        set status | all <number>, status <number>, with status <number>, <number> requests, \
        <number> errors, <number> answers, with a <number>
        set batch end_of_day | end of day run, end of day batch, eod run, eod batch, end of day \
        processing, daily batch, nightly batch, nightly run, day end, overnight batch, end of day
        set batch end_of_month | end of month run, end of month batch, month end run, month end \
        batch, month end close, month end
        set batch clearing | clearing run, clearing batch, run clearing, clearing cycle, clearing \
        file
        set batch settlement | settlement run, settlement batch, run settlement, settlement cycle
        set batch payouts | payout run, payouts run, payout batch, payouts batch
        set batch renewals | renewal run, renewals run, renewal batch, renewals batch, renewals
        set batch reconciliation | reconciliation run, reconciliation batch, reconciliation, recon \
        run, recon
        set batch retries | retry run, retries run, retry batch, retries batch
        act run_batch | run end of day, end of day run, end of day batch, eod run, eod batch, end \
        of day processing, nightly batch, nightly run, end of month run, end of month batch, month \
        end run, month end batch, month end close, clearing run, clearing batch, settlement run, \
        settlement batch, payout run, payouts batch, renewal run, renewals run, reconciliation \
        run, reconciliation batch, retry run, retries run, clearing cycle, settlement cycle, \
        overnight batch, daily batch, reconciliation, payouts run, month end processing
        set batch end_of_month | month end processing
        set format mt103 | mt103
        set format mt940 | mt940
        set format nacha | nacha
        set format bacs18 | bacs18, standard 18
        set format csv | csv
        set to_point end_of_day | end of the day, end of today, close of business, end of \
        business, close of day
        set to_point end_of_week | end of the week, end of week
        set to_point end_of_month | end of the month, end of month, month's end
        set to_point end_of_quarter | end of the quarter, end of quarter, quarter end
        set to_point end_of_year | end of the year, end of year, year end
        set to_point start_of_next_month | start of next month, beginning of next month, first of \
        next month, first day of next month
        set to_point next_business_day | next business day, next banking day, next working day
        set to_point next_monday | next monday, to monday, until monday, on monday
        set to_point next_tuesday | next tuesday, to tuesday, until tuesday
        set to_point next_wednesday | next wednesday, to wednesday, until wednesday
        set to_point next_thursday | next thursday, to thursday, until thursday
        set to_point next_friday | next friday, to friday, until friday
        set to_point next_saturday | next saturday, to saturday, until saturday
        set to_point next_sunday | next sunday, to sunday, until sunday
        set to_point next_settlement | next settlement, until settlement
        set to_point next_renewal | next renewal, until .. renewal, to .. renewal
        set to_point end_of_trial | end of the trial, until the trial ends, trial is over, end of \
        trial
        set business_days | t + <number>
        set api payments | payment api, payments api
        set api verification | verification api, kyc api, identity api
        set api messaging | messaging api, sms api
        set api banking | banking api, transfer api, transfers api
        set api fx | fx api
        set country US | american, united states, usa, in the us, us number, us card, us bank
        set country GB | british, united kingdom, uk, in britain, england
        set country DE | german, germany
        set country FR | french, france
        set country ES | spanish, spain
        set country IT | italian, italy
        set country NL | dutch, netherlands
        set country PT | portuguese, portugal
        set country IE | irish, ireland
        set country AT | austrian, austria
        set country BE | belgian, belgium
        set country PL | polish, poland
        set country SE | swedish, sweden
        set country NO | norwegian, norway
        set country DK | danish, denmark
        set country FI | finnish, finland
        set country CH | swiss, switzerland
        set country JP | japanese, japan
        set country CN | chinese, china
        set country HK | hong kong
        set country SG | singapore
        set country IN | indian, india
        set country BR | brazilian, brazil
        set country CA | canadian, canada
        set country AU | australian, australia
        set country MX | mexican, mexico
        set country KR | korean, korea
        set country NG | nigerian, nigeria
        set country KE | kenyan, kenya
        set country ZA | south african, south africa
        set country AE | emirates, uae, emirati
        set country TR | turkish, turkey
        set country GR | greek, greece
        set country CZ | czech
        set destination_country US | to america, to the united states, to the us, to the usa
        set destination_country GB | to britain, to the uk, to england, to the united kingdom
        set destination_country DE | to germany, to a german
        set destination_country FR | to france, to a french
        set destination_country ES | to spain, to a spanish
        set destination_country IT | to italy, to an italian
        set destination_country NL | to the netherlands, to a dutch
        set destination_country PT | to portugal
        set destination_country PL | to poland
        set destination_country CH | to switzerland
        set destination_country JP | to japan
        set destination_country CN | to china
        set destination_country IN | to india
        set destination_country BR | to brazil
        set destination_country CA | to canada
        set destination_country AU | to australia
        set destination_country MX | to mexico
        set destination_country NG | to nigeria
        set destination_country KE | to kenya
        set destination_country PH | to the philippines, philippines
        set destination_country SG | to singapore
        set destination_country HK | to hong kong
        set time_zone Europe/Paris | paris
        set time_zone Europe/London | london
        set time_zone Europe/Berlin | berlin
        set time_zone Europe/Madrid | madrid
        set time_zone Europe/Rome | rome
        set time_zone Europe/Lisbon | lisbon
        set time_zone Europe/Amsterdam | amsterdam
        set time_zone Europe/Zurich | zurich
        set time_zone Europe/Vienna | vienna
        set time_zone Europe/Stockholm | stockholm
        set time_zone Europe/Dublin | dublin
        set time_zone America/New_York | new york, eastern time
        set time_zone America/Chicago | chicago, central time
        set time_zone America/Denver | denver, mountain time
        set time_zone America/Los_Angeles | los angeles, pacific time, san francisco, seattle
        set time_zone America/Toronto | toronto
        set time_zone America/Sao_Paulo | sao paulo
        set time_zone America/Mexico_City | mexico city
        set time_zone Asia/Tokyo | tokyo
        set time_zone Asia/Shanghai | shanghai, beijing
        set time_zone Asia/Hong_Kong | hongkong
        set time_zone Asia/Singapore | singapore time
        set time_zone Asia/Kolkata | mumbai, delhi
        set time_zone Asia/Dubai | dubai
        set time_zone Australia/Sydney | sydney
        set time_zone UTC | utc, gmt
        cue webhook | webhook, webhooks, callback, callbacks, notify my endpoint, notify my \
        server, ping my server, notified at my endpoint, hook, status callback, webhook event, \
        webhook events, notify my backend
        cue no_webhook | no webhook, no webhooks, without webhook, without webhooks, no callback, \
        no callbacks, without callback, not need webhook, webhook is not needed, skip the webhook, \
        skip webhooks, do not send webhook, don't need webhook, don't send webhook, not send .. \
        webhook, don't send .. webhook, no .. webhook, don't need .. webhook
        cue parallel | at the same time, in parallel, simultaneously, concurrently, parallel, all \
        at once, simultaneous, side by side, same time
        cue then | then, after that, afterwards, later, next, subsequently, and then, followed by, \
        finally, before, thereafter, after which, after this, once that is done, eventually, when \
        done
        cue and | and, plus, as well as, also, &, with a follow up
        cue but | but, however, though, although, yet
        cue if | if, in case, should the, provided, only if
        cue else | if not, otherwise, else, or else, if it does not, failing that, if it isn't, if \
        that fails
        cue not | not, isn't, doesn't, never
        cue another | another, one more, a further, a second
        cue others | the others, the rest of them, others, the other two, remaining ones, the \
        other, the rest succeed, remaining, everything else
        cue backward | from before, as before, earlier payment, previous payment, previous one, \
        from earlier, from last time, last time, the previous, last payment, that one from, same \
        as before, from yesterday, the one before, the earlier one, yesterday's, like last time, \
        like before, the last payment, the last charge, the last transfer, the last payout, the \
        latest payment, the usual, most recent payment
        cue half | half, half of it, half the amount, one half
        cue third | a third, one third
        cue quarter | a quarter, one quarter
        cue double | double, twice the amount
        cue rest | the rest, the remainder, remainder, remaining amount, what is left, rest of it, \
        the remaining
        cue full | the lot, in full, full, fully, all of it, completely, everything, whole amount, \
        full amount, the whole, entire, the whole amount, entire amount, total amount
        cue customer | called, named, customer, user, for, by the name of, client, person, \
        onboard, name, applicant, verify, check, on, screen
        cue company | company, business, firm, merchant called, company called, corporation, \
        company named, company check, check, for, business check, kyb check, of, kyb
        cue calls | call, calls, request, requests, api, apis, api call, api calls, http, \
        response, responses, answers, every request, each call, every call, all requests, all \
        calls, endpoints
        cue every_n | every <ordinal>, each <ordinal>, every <number>, one in every <number>
        cue every_other | every other, every second
        cue between | between, from
        cue clock | clock, time, virtual clock, virtual time, advance, skip, skip ahead, fast \
        forward, fast forwards, jump, jump ahead, move ahead, move forward, go by, pass by, wait, \
        later, ahead, forward, time travel, travel, elapse, go forward, sandbox clock, let .. \
        pass, move on, roll forward, set .. clock, roll .. forward
        cue fault.latency | latency, slower, slow, lag, laggy, slow down, delay .. responses, \
        delay .. response, delay .. calls, delay .. call, delay .. request, delay .. requests, \
        response time, latency of, takes .. to answer, takes .. to respond, takes longer, slows \
        down, add .. delay, delay every, delayed by, take .. each, extra delay, added delay
        cue fault.reset | connection reset, connection is reset, drop the connection, connection \
        dropped, connections drop, reset the connection, connections are reset, connection resets, \
        drop .. connection, drop .. connections, reset .. connections, connections reset, \
        connections are dropped, connections dropped, tcp reset, hang up on
        cue fault.timeout | without an answer, get no answer, time out rate, timeout rate, never \
        get an answer, go unanswered
        cue fault.truncate | truncate, truncated, cut off bodies, cut short, cut off, half a body
        cue fault.slow_body | slow body, drip, trickle, slow bodies, bodies trickle
        cue fault.malformed | malformed, broken json, invalid json, garbage bodies, garbage, \
        malformed json, malformed body, corrupt
        cue fault.bandwidth | bandwidth, kbps, kbit, kilobit, kbit s, throttle the bandwidth, \
        kilobits, kb s
        cue fault.webhook_duplicates | deliver .. webhook twice, duplicate webhooks, duplicate .. \
        webhook, webhooks twice, webhook twice, deliver every webhook, duplicated webhooks, \
        webhook .. times, each webhook, every webhook, deliver each webhook, webhooks .. \
        duplicated, webhook duplicates, each event .. delivered, every event .. delivered, \
        webhooks arrive twice, every webhook arrives, webhooks are delivered
        cue fault.webhook_reorder | out of order, reorder, wrong order, shuffled, shuffle, reorder \
        webhooks, reordered, mixed order, scrambled
        cue fault.webhook_delay | delay webhooks, webhooks arrive late, delay .. webhooks, \
        webhooks are delayed, webhooks delayed, delay .. webhook, webhooks come, webhooks .. late, \
        webhook delay, hold .. webhooks, webhooks .. delayed
        cue fault.webhook_drop | drop webhooks, lose webhooks, drop .. webhooks, webhooks get \
        lost, webhooks are lost, webhooks are dropped, webhook drop, lose .. webhooks, webhooks \
        vanish, webhooks lost, webhooks never arrive, webhooks dropped, webhooks go missing, of \
        webhooks are lost, of the webhooks
        cue fault.down | api is down, api down, is down, everything is down, outage, goes down, \
        take .. api down, all calls fail, everything fails, service is down, all requests fail, \
        unavailable api, total outage
        cue fault.off | remove .. fault, remove .. faults, turn off chaos, stop .. chaos, no more \
        faults, clear .. faults, disable .. faults, chaos off, remove .. chaos, faults off, turn \
        .. chaos off, turn .. faults off, disable .. chaos, stop .. faults, end .. chaos, remove \
        .. fault injection, switch off .. faults, switch .. chaos off, switch off .. chaos, clear \
        .. chaos, turn off .. faults, stop injecting, turn off .. fault injection, stop .. fault \
        injection, disable .. fault injection, back to normal, remove .. latency, no chaos, cancel \
        .. chaos, reset .. chaos
        cue fault.4xx | 4xx, client errors
        cue fault.5xx | 5xx, server errors, server error
        cue fault.retry_after | retry after, retry after header, with retry after
        cue fault.inject | inject, chaos, fault injection
        cue topic:3ds | 3ds, 3d secure, 3 d secure, 3ds2, 3ds challenge, 3d secure challenge, \
        challenge, three d secure, authentication
        cue topic:clearing | clearing, in clearing
        cue topic:renewal | renewal, renewals, renewal payment, renew
        cue topic:owner | owner, owners, director, ubo, beneficial owner, shareholder
        cue topic:inquiry | inquiry
        cue domain | sandbox, card, bank, merchant, issuer, money, account, fraud, test, sim, \
        simulation, simulate
        cue for_time | for <duration>
        fill | please, move, ping, pls, plz, a, an, the, i, we, you, me, us, my, our, your, it, \
        its, is, be, to, of, in, on, at, by, with, for, from, that, this, these, those, which, \
        who, where, when, will, would, should, must, can, could, shall, may, need, want, like, \
        let, let's, lets, make, made, do, did, has, have, having, get, got, give, put, set, so, \
        as, or, up, out, over, under, via, through, using, use, simulate, simulates, simulated, \
        simulation, test, testing, create, creates, just, now, some, something, someone, any, \
        each, all, both, only, every, one, ones, there, here, he, she, they, them, her, him, his, \
        their, customer's, cardholder, cardholders, shopper, buyer, payer, customer, client, \
        merchant, issuer, acquirer, bank, bank account, vendor, seller, supplier, account, card, \
        cards, credit card, debit card, money, amount, amounts, worth, total, about, around, \
        exactly, then, after, once, while, during, until, till, because, since, due, reason, \
        result, outcome, scenario, case, cases, happen, happens, come, comes, go, goes, see, show, \
        try, tries, attempt, attempts, turn, look, back, again, more, new, hi, hello, hey, thanks, \
        thank, kindly, ok, sandbox, virtual, local time, local, time, event, events, also, too, \
        such, how, what, hit, error, code, status, receive, response, answer, user, recipient, \
        person, number, same, same card, end, ends, ended, still, already, early, earlier, start, \
        begin, finish, perform, do a, execute, run, build, construct, generate, prepare, plan for, \
        issue, add, apply, online, shop, store, website, goods, item, product, service, someone's, \
        between, into, onto, within, against, not, no, yes, take, takes, keep, keeps, send, sends, \
        via card, by card, with card, on card, ask, asks, them all, expected, expect, expects, \
        respectively, i'd, i'm, i'll, i've, we're, we'd, it's, that's, there's, he's, she's, mock, \
        fake payment, demo, dummy, sample, example, gets, respond, responds, apart, side, way, \
        well, return, returns, answered, being, left, does, don't, per, than, eur, ip, via api, \
        journey, flow, step, steps, show me, tell, find, company, business, name, called, named, \
        if, and, but, purchase from, checkout page, web, pair, currency, currencies, foreign, \
        cross, border, +, %, x, ×, #, =, ~, →
        """
}
