/// How things end: plain outcomes, and phrases that mean one scenario only.
enum EnglishOutcomes {
    static let table = """
        out ok | succeed, success, successful, successfully, go through, goes fine, work, works \
        fine, approve, approved, ok, okay, pass, passe, clear, complete, fine, normal, accept, \
        without problem, is verified, comes back clean, goes well, all good, all is well, happy \
        path, gets through, goes out, delivered, deliver, let .. through, settles, paid out, no \
        problem
        out fail | fail, failure, fails, unsuccessful, does not work, must not work, not work, \
        goes wrong, not go through, does not pass, do not pass, not pass, not succeed, cannot be \
        completed, bounces, error out, flop, not accepted, not verified, breaks, crash, goes bad, \
        not delivered, undelivered
        out decline | decline, declined, reject, rejected, refuse, refused, turn down, turned \
        down, deny, denied, not approved, not authorized, issuer says no, knocked back, thrown \
        out, throw out, not honoured, gets declined, say no, not authoriz, turn it down, throws .. \
        out
        out return | return, returned, send back, sent back, come back, bounce, bounced, bounced \
        back, comes back, goes back, is bounced
        out no_funds | insufficient funds, no funds, not enough money, not enough funds, lack of \
        funds, nsf, no money, low balance, insufficient balance, not enough balance, not enough \
        on, not enough to, not covered, insufficient money, want of funds, not sufficient funds, \
        balance .. too low, broke, out of money, insufficient, too little money, funds are \
        missing, r01 funds, empty account, account is empty, account was empty, card is empty, \
        overdrawn, short of funds
        out old | old card, expired card, expir card, card has expir, card is expir, card expir, \
        out of date, card past its date, card is out of date, past its expiry, expired date, card \
        that expir, card date is past, card no longer valid
        out closed | account closed, closed account, account was closed, account is closed, \
        account has been closed, closed in, closed, no longer exists, account closure, has been shut
        out wrong_number | wrong account number, invalid account number, invalid account, wrong \
        account, no such account, account does not exist, iban has a typo, wrong iban, invalid \
        iban, iban is wrong, account number is wrong, incorrect account, bad account number, wrong \
        number, invalid number, account number does not exist, unknown account, mistyped account, \
        account not found, incorrect iban, bad iban, no account, unable to locate account, typo in \
        the iban, unable to locate
        out unreadable | unreadable account number, account number unreadable, malformed account \
        number, garbled account, account number structure
        out stopped | stop payment, payment stopped, stopped by the payer, payer stopped, stopped \
        the payment, stop order, payer stops it, customer stops .. payment, stops the debit
        out unauthorized | never authorized, not authorized by, unauthorized, was not authorized, \
        never authoriz, did not authoriz, never agreed, not authoriz by, unauthoriz, does not \
        recognise .. debit, no authorization
        out unauthorized_company | corporate unauthorized, company never authoriz, corporate \
        customer advises, business never authoriz, corporate account never authoriz, company did \
        not authoriz
        out withdrawn | withdrawn, withdraw, authorization revoked, revoked authorization, \
        revoked, revokes .. authorization, authorization withdrawn, takes it back, takes .. back, \
        customer takes it back, drops it, consent withdrawn, revoke, authorization .. revoked
        out no_mandate | no mandate, mandate missing, missing mandate, without a mandate, without \
        mandate, mandate does not exist, no valid mandate, lack .. mandate
        out frozen | account frozen, account is frozen, frozen account, account blocked, blocked \
        account, account is blocked, frozen, account has been frozen, account .. frozen, account \
        .. blocked, suspended, restricted account
        out deceased | deceased, died, dead account holder, passed away, holder is dead, death, \
        has die
        out duplicate | duplicate, looks like a double, duplicated, double entry, sent twice, \
        second time, already refunded, same again
        out on_wish | refund .. payer's wish, refund .. debtor's wish, refund .. payer's request, \
        refund .. debtor's request, refund .. by payer, at the payer's request, payer asks for a \
        refund, payer's wish, debtor .. refund, payer wants it back, customer requested the refund \
        at .. bank, refunded on request, payer claims it back, debtor claims .. refund
        out contested | dishonored, dishonoured, return is contested, contest the return, \
        dishonor, dishonour
        out pending | pending, hang, stays open, no result yet, stuck, no result, waiting, keep \
        pending, in progress, stays pending, undecided, remains open, still processing, never \
        finishes, does not finish
        out review | manual review, needs an analyst, needs a human, human review, review, goes to \
        an analyst, fraud queue, held for review, person must look, reviewed by, manually \
        reviewed, under review, human must look, looked at, analyst must look, goes to review, \
        queued for review, someone has to look, in review, manual check
        out held | on hold, held for compliance, compliance hold, stuck in .. compliance, stuck in \
        .. screening, stuck in compliance, held by compliance, compliance screening, screening \
        hold, stops in compliance, stopped for compliance, held in compliance, compliance stop, \
        compliance check, held up by compliance, held
        out sanctions | sanctions, sanctioned, sanctions list, sanctions match, sanctions hit, on \
        a sanctions list, sanctions screening hit, ofac
        out listed | hit .. list, hit .. pep, hit on .. list, hit .. watchlist, on .. watchlist \
        match, watchlist hit, watchlist, on a list, name is on a list, pep match, pep hit, adverse \
        media hit, on a watchlist, politically exposed, adverse media match, media match, list \
        match, hit on a list, matches .. list, match on .. list, match on .. watchlist
        out expire | expire, expired, run out, runs out, lapses, lapse, expiry, times out \
        unanswered, too late for, is over, ran out, goes stale
        out too_late | too late, after the limit, after the deadline, deadline passes, deadline \
        missed, misses the deadline, missed deadline, window closed, refund window, past the \
        window, past the deadline, not answer in time, no answer in time, nobody answers, not \
        respond in time, never respond, no response in time, overdue, ignores the deadline, \
        deadline is missed, not paid when due, let .. deadline pass
        out exceeds | exceeds, exceed, more than was paid, more than paid, too big, too much, \
        higher than, more than .. hold, more than authoriz, more than held, more than .. payment, \
        larger than, more than the original, bigger than, over the authoriz
        out timeout | time out, timeout, times out, hang forever, no response, never responds, \
        never answers, does not answer in time, not return in time, not answer, hangs, gets no \
        answer
        out rate_limited | rate limit, rate limited, throttle, throttled, runs into the limit, too \
        many requests, too many messages, too fast, hit the rate limit, throttling, over the rate \
        limit, hit .. rate limit, 429 too many
        out validation | field missing, missing field, invalid body, validation error, validation \
        fails, schema violation, malformed request, invalid request, bad request, invalid field
        out not_found | not found, unknown id, does not exist, unknown number, unknown handset, no \
        such customer, unknown recipient, non existent, nonexistent, no such object, number does \
        not exist
        out no_right | permission denied, without the scope, lacks .. permission, not permitted by \
        key, lacks .. right, missing scope, forbidden, no permission
        out key_conflict | idempotency conflict, reuses the key, key for something else, same key \
        .. different, idempotency key conflict, same idempotency key .. different, key reused with \
        different, same key but, different body, different amount
        out win | win, wins, won, merchant wins, in our favour, in our favor, we win, merchant \
        keeps the money, in favour of the merchant, in the merchant's favour, in the merchant's \
        favor, decided for us, decides for us, rules for us, keeps the money, we come out on top, \
        in favor of the merchant, merchant prevails, prevail, overturn, reversed in our favour
        out lose | lose, loses, lost, merchant loses, we lose, in the customer's favour, in favour \
        of the customer, cardholder wins, customer wins, against us, against the merchant, decided \
        against, in the cardholder's favour, in favor of the cardholder, in favour of the \
        cardholder, issuer wins, customer gets the money back, lost by the merchant, buyer wins, \
        shopper wins, for the cardholder, in the cardholder's favor
        out giveup | merchant accepts, merchant gives in, we accept, gives in, accepts the \
        dispute, merchant concedes, concede, does not contest, do not fight, accepts liability, \
        not fight, accept the loss, accepts the loss, accept the chargeback, accepts the chargeback
        out prevented | prevented, settled before it is filed, stopped by an alert, deflected, \
        alert stops it, prevented by an alert, averted
        out late | late, delayed, arrives late, settles late, comes late, takes longer, slower \
        than usual, delay, settlement delayed, too slow
        out partial | partial approval, partially approved, only a part is approved, approves \
        only, approves less, approve only part, approved in part, approved partially
        out limit | over the limit, limit exceeded, above the limit, over the cap, velocity, used \
        too many times, too often, used too often, exceeds the limit, exceed .. limit, over its \
        limit, velocity limit, over the daily limit, velocity check
        out name | name mismatch, payee name differs, name does not match, beneficiary name, wrong \
        beneficiary name, payee name, name check fails, name differs, confirmation of payee fails, \
        payee name mismatch
        out cutoff | after cut off, after cutoff, past the cut off, missed the cut off, misses the \
        cut off, cut off missed, cutoff missed, just after cut off, misses cut off, after the cut \
        off, too late for today's, missed cutoff, misses the cutoff, past cutoff
        out unavailable | is down, is offline, unavailable, not available, is unavailable, down, \
        offline, cannot be reached, unreachable, is off, not reachable
        out error | processing error, system error, technical error, processor trips, internal \
        error, processor error, technical failure, system malfunction, code 96
        out blocked | blocked, risk engine says no, blocked as fraud, stopped by fraud, fraud \
        engine stops, risk engine, blocked by radar, fraud engine, blocked for fraud, fraud block, \
        fraud rules block, blocked by our fraud, fraud prevention, stopped by our fraud, blocked \
        by fraud, blocked by the risk, risk engine blocks, our risk rules
        out unsupported | not supported, unsupported, no such pair, no rate for, card not \
        supported, no amex, not accepted here, pair not supported
        out recover | recovers, recover, dunning helps, a retry works, retry succeeds, retry \
        works, recovered, second try works, recovery, dunning succeeds, dunning recovers
        out unpaid | unpaid, stays open unpaid, never paid, not paid, stays unpaid, is not paid, \
        goes unpaid, remains unpaid
        out aml | aml alert, monitoring wakes up, raises an alert, monitoring alert, aml, money \
        laundering alert, suspicious activity, triggers .. alert, transaction monitoring, trips .. \
        monitoring, alert is raised, monitoring raises
        out high | high risk, score is bad, bad score, risk is high, high score, comes back high, \
        very risky, high
        out medium | medium risk, medium, elevated risk, risk is medium
        out reported | report filed, reported, sar filed, report is filed, sar, file a report, \
        gets reported
        out resubmit | photograph again, new document needed, asks for a new document, \
        resubmission, resubmission required, must resubmit, another document, please upload again, \
        blurry retry, asks for another document, wants a new photo, request .. new document, needs \
        to resubmit, asked to resubmit
        out cancel | withdrawn by customer, customer cancels, applicant withdraws, cancels the check
        out missing | documents missing, missing documents, papers missing, never uploaded, no \
        register extract, were never uploaded, missing papers, articles .. missing, not uploaded, \
        document is missing, missing register, without .. register extract, extract is missing, \
        incomplete documents, extract missing, forgot to upload, did not upload
        out dissolved | dissolved, company is gone, struck off, company no longer exists, \
        liquidated, wound up
        out too_old | too old, issued too long ago, old utility bill, older than, outdated, months \
        old, months old utility
        out too_young | too young, under age, underage, minor, not old enough, under 18, age \
        fails, below the minimum age, younger than
        out opted_out | opted out, unsubscribed, replied stop, sent stop, texted stop, has stopped \
        messages, answered stop, on the opt out list, said stop, stop earlier, opt out list, opted \
        out recipient, previously opted out, has opted out, stop word
        out unreachable | unreachable handset, handset unreachable, phone is off, phone is \
        switched off, switched off, phone off, handset is off, out of coverage, unreachable phone, \
        no signal
        out landline | landline, is a landline, land line, fixed line
        out spam | spam, filtered as spam, carrier filter, filtered, marked as spam, carrier \
        filters, spam filter, spam complaint, complaint, reports it as spam, flagged as spam
        out too_long | too long, body too long, message too long
        out bounce | hard bounce, bounces hard, address does not exist, bounce, mailbox does not \
        exist, no such mailbox, invalid address, unknown address, permanently bounce, bad address
        out full | mailbox full, soft bounce, full mailbox, mailbox is full, inbox full, \
        temporarily bounce, inbox is full, bounces softly
        out busy | busy, line is busy, line busy, busy line, engaged
        out unanswered | no answer, nobody picks up, nobody answers, not picked up, not answered, \
        does not pick up, no one answers, rings out, no one picks up, goes unanswered, unanswered, \
        doesn't pick up, not pick up
        out voicemail | voicemail, voice mail, answering machine, goes to voicemail, reaches \
        voicemail
        out window | window is over, outside the window, 24 hour window, service window, session \
        window, outside the 24, window closed, after 24 hours
        out wrong | wrong code, wrong, incorrect code, incorrect, mistyped, invalid code, bad \
        code, wrong otp
        out locked | locked, locked out, max attempts, too many attempts, too many wrong, attempts \
        exhausted, too many tries, lock out, maximum attempts
        out abandon | abandon, abandoned, walks away, leaves, left, closes the window, gives up, \
        aborts, never completes, closes the tab, drops off, cancel
        out moved | rate jumps, rate moves, rate moved, rate changes, outside tolerance, rate \
        moves away, rate drifts, price moves, market moves, slips
        is insufficient_funds | insufficient funds on the card, code 51
        is do_not_honor | do not honor, do not honour, code 05, declined with 05, response 05
        is call_issuer | call issuer, refer to issuer, call the bank, code 01, refer to card \
        issuer, call your bank
        is incorrect_cvc | wrong cvc, cvc is wrong, incorrect cvc, wrong cvv, bad cvc, cvc check \
        fails, cvc mismatch, cvv mismatch, security code is wrong, wrong security code, cvv is \
        wrong, cvc is off, cvc does not match, incorrect security code, cvc wrong, cvv wrong, cvc \
        fails, cvv fails, invalid cvc, cvv does not match, mistyped cvc, mistyped cvv, incorrect \
        cvv, bad cvv, security code .. wrong, security code .. off, security code .. not match
        is incorrect_number | wrong card number, invalid card number, mistyped card number, card \
        number is wrong, incorrect card number, bad card number, luhn, card number .. typo, number \
        fails, card number .. wrong, card number .. invalid, typo in .. card number
        is incorrect_pin | wrong pin, incorrect pin, pin is wrong, bad pin, pin wrong, mistyped pin
        is pin_try_exceeded | pin tries exceeded, wrong pin too many times, pin too many times, \
        too many pin tries, pin wrong again and again, pin try exceeded, pin blocked, pin tries, \
        too many wrong pin, wrong pin three times, pin entered wrong three times, pin attempts
        is incorrect_zip | wrong zip, zip does not match, avs fails, avs mismatch, postal code \
        does not match, wrong postal code, avs failure, zip mismatch, postcode does not match, \
        wrong postcode, zip code .. wrong, billing address does not match, address verification \
        fails, zip check fails, incorrect zip, postal code .. wrong, zip code .. not match
        is lost_card | card was lost, card is lost, lost card, reported lost, card reported lost, \
        card .. reported as lost
        is stolen_card | stolen card, card was stolen, reported stolen, card is stolen, card \
        reported stolen, stolen, card .. reported as stolen
        is pickup_card | pick up card, pickup card, keep the card, retain the card, capture the \
        card by atm, pick up the card, pickup, card must be kept, retain card
        is restricted_card | restricted card, limited use, card is restricted, card restricted
        is card_velocity_exceeded | card used too many times, card over its limit, velocity \
        exceeded, card used too often, card limit exceeded, exceeds .. card limit, exceeds \
        withdrawal limit, over its velocity limit, over the card limit
        is card_not_supported | card type not supported, card is not supported, card not \
        supported, this card is not accepted, does not support this card, amex is not accepted, no \
        amex here, card brand not supported, card .. not supported, kind of card .. not supported
        is currency_not_supported | currency not supported, currency is not supported, does not \
        support this currency, not in this currency, currency .. not supported, unsupported currency
        is transaction_not_allowed | transaction not allowed, not permitted for this card, not \
        permitted, transaction not permitted, code 57, not allowed for this card, not allowed
        is security_violation | security violation, code 63
        is duplicate_transaction | duplicate transaction, duplicate payment declined, looks like a \
        double, code 94, declined as a duplicate, declined as duplicate, rejected as duplicate
        is invalid_amount | invalid amount, amount is refused, code 13, amount is invalid, bad \
        amount
        is issuer_not_available | issuer is down, issuer unavailable, issuer not available, issuer \
        offline, issuer is offline, bank is offline, issuer inoperative, issuing bank is down, \
        code 91, bank is down, issuer cannot be reached, bank is not reachable, issuer .. \
        unreachable, issuer not reachable
        is try_again_later | try again later, bank asks to retry later, told to try later, retry \
        later, asks to try later
        is authentication_required | authentication required, sca required, bank wants sca, \
        requires authentication, soft decline, needs sca, requires sca, needs 3ds authentication, \
        asks for authentication, asks for sca, strong customer authentication, soft declined, step \
        up required
        is stop_payment_order | stop payment order, cardholder stopped the series, stopped the \
        series, code r0
        is revocation_of_authorization | revocation of authorization, cardholder revoked, revokes \
        authorization, code r1, revoked the authorization for all
        is processing_error | processing error, processor trips, code 96
        is fraud_blocked | fraud blocked, our fraud engine, suspected as fraud by us, radar, \
        blocked as fraudulent, our fraud rules
        is fraud_suspected | suspected fraud, issuer suspects fraud, issuer smells fraud, code 59, \
        bank suspects fraud, suspects fraud, fraud suspicion, suspicion of fraud, suspect fraud
        is fraud_review | fraud review, goes to the fraud queue, held for fraud review, goes to \
        review for fraud, flagged for review, fraud team
        is authorization_expired | authorization expires, hold expires, hold runs out, nobody \
        captures in time, not captured in time, authorization runs out, never captured, auth \
        expires, expires uncaptured, hold lapses, lapses uncaptured, not captured, authorization \
        lapses, authorization .. expire
        is capture_exceeds_authorization | captures too much, capture more than, capture exceeds, \
        exceeds the authorization, capture too much, more than was authoriz, captures more than
        is clearing_rejected | clearing rejects, rejected in clearing, clearing throws out, \
        clearing refuses, thrown out in clearing, fails in clearing, clearing rejection, fails \
        clearing, declined in clearing, rejected during clearing, rejected at clearing, clearing \
        fails, bounces in clearing, refused in clearing, clearing throws it out, throw .. out in \
        clearing, fails at clearing, clearing .. rejects, rejected by clearing, kicked out in \
        clearing, clearing kicks
        is settlement_delayed | settlement is delayed, settlement delayed, settles late, money \
        comes late, late settlement, delayed settlement, settlement comes late
        is fraud_warning_issued | fraud warning, early fraud warning, issuer warns later, efw, tc40
        is three_ds_challenge_succeeded | passes the 3ds, passe .. 3ds, 3ds succeed, 3ds challenge \
        succeed, passes the challenge, completes the challenge, 3ds ok, 3ds passes, passes 3d \
        secure, 3d secure succeeds, challenge succeed, challenge passed, passe .. challenge, \
        complete .. 3ds, complete .. challenge, solves .. challenge, 3ds works, authenticated with \
        3ds, 3ds challenge completed, enters the code correctly, authenticated by 3ds, 3ds \
        success, successful 3ds, 3ds .. succeed, 3d secure .. succeed, 3ds .. passe, 3d secure .. \
        passe, 3ds goes fine, clears 3ds
        is three_ds_frictionless | frictionless, no challenge, without challenge, without a \
        challenge, no challenge needed
        is three_ds_failed | fails 3ds, 3ds fail, 3d secure fail, 3ds .. fail, 3d secure .. fail, \
        fail .. 3ds, fail .. 3d secure, challenge fail, fails the challenge, challenge .. fail, \
        wrong code at 3ds, 3ds authentication fail, not authenticated, authentication fail, wrong \
        3ds code, fail .. challenge, fails authentication, wrong code .. challenge, wrong .. 3ds, \
        3ds failure
        is three_ds_abandoned | abandons .. 3ds, abandon .. challenge, leaves .. challenge, walks \
        away at 3ds, 3ds abandoned, 3ds .. abandoned, cancels .. 3ds, closes .. challenge, drops \
        out of 3ds, leaves .. 3ds, walks away .. challenge, gives up .. 3ds, gives up .. \
        challenge, quits .. challenge, challenge .. abandoned, walks away .. 3ds, closes .. 3ds, \
        abandon .. 3d secure, cancels .. challenge
        is three_ds_timeout | 3ds times out, 3ds timeout, challenge times out, 3ds runs out, \
        challenge expires, challenge not answered, 3ds .. time out, challenge .. time out, 3d \
        secure times out, does not answer .. challenge, challenge runs out, 3ds .. timeout, \
        challenge timeout, ignores .. challenge
        is three_ds_method_timeout | 3ds method never returns, 3ds method times out, fingerprint \
        step hangs, 3ds method timeout, fingerprint .. hang, fingerprint .. time out, 3ds method, \
        device fingerprint
        is three_ds_rejected | issuer rejects .. 3ds, 3ds rejected, 3ds .. rejected, issuer turns \
        3ds down, issuer rejects the authentication, rejected by the issuer in 3ds, issuer rejects \
        3d secure, turn .. 3ds down, issuer refuse .. 3ds, issuer refuse .. authentication, \
        rejects .. 3ds
        is three_ds_attempted | attempt only, attempt acknowledged, attempted authentication, 3ds \
        attempt, 3ds attempted, authentication attempted, attempts processing
        is three_ds_unavailable | directory server is off, acs is down, acs down, 3ds unavailable, \
        3ds is down, directory server down, 3ds is unavailable, directory server is down, acs .. \
        unavailable, 3ds not available, 3ds server .. down, acs .. down, acs .. offline, 3d secure \
        is down, directory server .. offline, directory server .. unreachable
        is three_ds_not_enrolled | not enrolled, card knows no 3ds, card is not enrolled, no 3ds \
        on card, not enrolled in 3ds, unenrolled
        is three_ds_exemption_granted | exemption granted, low value exemption, low value, \
        exemption holds, tra exemption, sca exemption, exemption is granted, exemption accepted, \
        exempt, exempted, exemption is accepted
        is three_ds_exemption_refused | exemption refused, exemption is refused, exemption \
        rejected, exemption .. refused, exemption .. declined, exemption is not accepted, \
        exemption .. rejected, exemption denied
        is three_ds_decoupled | decoupled, decoupled authentication, confirms in the app later, \
        confirms later in the app
        is three_ds_succeeded_then_declined | 3ds fine bank still says no, passes 3ds but \
        declined, authenticated but declined, 3ds succeeds but .. declined, 3ds passes but .. \
        declined, authenticated then declined, 3ds ok but .. declined, authenticated but .. declined
        is refund_duplicate | refund once more, already refunded, refund again twice, duplicate \
        refund, refund .. second time
        is refund_exceeds_payment | refund too big, refund more than was paid, refund exceeds, \
        refund more than, refund is too big, refund larger, over refund
        is refund_window_closed | refund window closed, after the refund window, refund too late, \
        refund window is over, refund period is over, refund window has closed
        is refund_pending | refund hangs, refund stays pending, refund is stuck
        is refund_failed | money cannot be sent back, refund cannot be
        is dispute_withdrawn | customer withdraws .. dispute, dispute withdrawn, withdraws the \
        dispute, dispute is withdrawn, cardholder withdraws, dispute .. withdrawn
        is dispute_prevented | settled before it is filed, dispute prevented
        is inquiry_withdrawn | inquiry withdrawn, inquiry is withdrawn, inquiry .. withdrawn, \
        inquiry ends, inquiry is dropped, withdraws the inquiry, inquiry goes away, inquiry \
        closed, inquiry .. dropped, withdraws .. inquiry, drops .. inquiry
        is inquiry_escalated | inquiry escalates, becomes a chargeback, turns into a chargeback, \
        inquiry .. chargeback, escalates to a chargeback, escalated to a chargeback, inquiry \
        escalated, escalate to dispute, escalate, inquiry .. escalate
        is pre_arbitration_won | pre arbitration won, pre arbitration is won, win .. pre \
        arbitration, wins pre arbitration, win pre arb, won in pre arbitration
        is pre_arbitration_lost | pre arbitration lost, pre arb lost, lose pre arbitration, loses \
        .. pre arbitration, lose .. pre arb, lost in pre arbitration
        is arbitration_won | arbitration won, win arbitration, win .. arbitration, network rules \
        for us, won in arbitration
        is arbitration_lost | arbitration lost, lose arbitration, lose .. arbitration, network \
        rules against us, lost in arbitration
        is sepa_recall_accepted | recall accepted, bank accepts the recall, recall is accepted, \
        recall granted
        is sepa_recall_refused | recall refused, bank says no to the recall, recall rejected, \
        recall is refused, recall .. refused, bank refuses the recall, refuses .. recall
        is compliance_rejected | sanctions stop it, refused after screening, rejected by \
        compliance, compliance rejects it, refused by compliance, compliance refuse, blocked by \
        compliance, stopped by sanctions, blocked by sanctions, sanctions screening stops, \
        sanctions block
        is code_ | bacs return code <number>, bacs code <number>, arudd <number>, arudd code \
        <number>
        is code_ | error code <number>, carrier error <number>, carrier code <number>, error \
        <number>, with code <number>, code <number>, errorcode <number>, carrier_error <number>, \
        fails with <number>, undelivered <number>, undelivered with <number>
        is sender_unregistered | sender not registered, unregistered sender, no 10dlc, sender is \
        not registered, without registration, unregistered 10dlc, sender unregistered, sender .. \
        unregistered, not registered
        is template_not_approved | template not approved, template is not approved, unapproved \
        template, template rejected, template is rejected, template .. not approved, template was \
        not approved, template has not been approved
        is service_window_closed | service window closed, outside the service window, 24 hour \
        window closed, window is closed, customer service window
        is quiet_hours_deferred | held back for quiet hours, quiet hours, held until morning, \
        deferred .. quiet hours, kept until morning, delayed .. quiet hours, deferred until \
        morning, waits until morning, held for quiet hours, postponed .. quiet hours, held back at \
        night, queued until morning
        is quiet_hours_blocked | blocked .. quiet hours, not at night, quiet hours block, refused \
        .. quiet hours, rejected .. quiet hours, quiet hours .. blocked, quiet hours .. refused, \
        not allowed at night, quiet hours violation
        is endpoint_unreachable | my server is off, server is off, endpoint is unreachable, \
        endpoint does not answer, endpoint unreachable, endpoint is down, receiver is down, \
        receiver does not answer, my endpoint is down, server is down, my server is down, endpoint \
        is offline
        is endpoint_error | endpoint answers 500, endpoint returns 500, endpoint returns 5xx, \
        endpoint answers 5xx, receiver answers 500, server answers 500, my server returns 500, \
        endpoint error, my server answers 500
        is signature_invalid | signature must not verify, forged signature, bad signature, invalid \
        signature, wrong signature, signature is wrong, signature does not verify, tampered \
        signature, signature .. invalid
        is retries_exhausted | retries exhausted, ends as dead letter, gives up retrying, becomes \
        a dead letter, until retries run out, all retries fail, runs out of retries, ends up in \
        the dead letter, dead lettered, ends as a dead letter, exhausts its retries
        is token_expired | expired token, old token, token expired, token is expired, token has \
        expired, token expires
        is token_revoked | revoked token, token was revoked, token is revoked, token revoked
        is scope_missing | without the scope, missing scope, scope is missing, scope missing, \
        lacks the scope, wrong scope, without scope, insufficient scope
        is trial_ends_without_card | no card after the trial, trial ends without card, trial ends \
        without a card, no payment method at the end of the trial, no card when the trial ends, \
        without a card at the end of the trial, trial ends with no card, no card on file when the \
        trial ends, trial .. without .. payment method
        is renewal_requires_authentication | renewal needs 3ds, renewal requires authentication, \
        renewal needs authentication, renewal requires 3ds, renewal .. authentication, renewal .. \
        3d secure, renewal .. sca
        is renewal_recovers | renewal recovers, dunning helps
        is invoice_overdue | invoice overdue, invoice is overdue, becomes overdue, goes overdue, \
        invoice stays open, invoice .. overdue, invoice .. unpaid, invoice is not paid
        is kyc_manual_review_then_approved | reviewed and then approved, looked at and approved, \
        manual review then approved
        is kyc_manual_review_then_rejected | looked at turned down, reviewed and turned down, \
        manual review then rejected, reviewed then rejected
        is kyc_expired | never came back, never finishes the check, applicant never returns, \
        session expires
        is kyc_review_cleared | false alarm, false positive, lets .. pass, analyst clears
        is age_check_failed | fails the age check, age check fails, too young for it, age .. fail, \
        age verification fails
        is document_too_old | utility bill is too old, old utility bill, proof of address is too \
        old, bill is too old
        is kyb_owner_rejected | owner fails, owner is rejected, owner rejected, owner .. reject, \
        owner .. fail, rejected owner, director fails, owner turned down, beneficial owner .. \
        rejected, owner .. decline, owner .. refused, ubo .. rejected, shareholder .. rejected
        is kyb_owner_watchlist_hit | owner is sanctioned, owner on sanctions list, owner .. \
        sanctions, owner .. watchlist, owner .. on a list, owner is listed, director .. sanctions, \
        director .. watchlist, owner .. sanctioned, ubo .. sanctions, shareholder .. sanctions, \
        owner .. pep, ubo .. watchlist, owner hits
        is kyb_name_conflict | register differs, name conflict, register shows another name, name \
        differs from register, name in the register differs, registry .. different name, register \
        .. different name, name conflicts
        is kyb_company_dissolved | company is dissolved, company dissolved, company was dissolved, \
        dissolved company
        is kyb_review_cleared | passes after all
        is aml_alert_closed | nothing in it, no suspicion, alert closed
        is card_shipment_returned | envelope returned, card came back, card shipment returned, \
        card comes back, envelope comes back, letter comes back, card is returned to sender, \
        undeliverable card, shipment .. returned, envelope .. returned
        is token_suspended | token suspended, wallet token off, token is suspended, suspend the \
        token, suspend .. token
        is micro_deposits_wrong | wrong cents, wrong amounts, amounts typed wrong, amounts are \
        wrong, micro deposits wrong, wrong micro deposit, enters wrong amounts
        is mandate_rejected | mandate refused, bank refuses the mandate, mandate is refused, \
        mandate rejected, mandate is rejected, rejects the mandate
        is rate_moved | rate moves too far
        is quote_expired | quote expires, quote runs out, too late for the rate, quote has \
        expired, quote is expired, quote expired, rate lock expires, rate expires, quote lapses, \
        quote .. expire, lock .. expire
        is pair_not_supported | no such pair, currency pair not supported, pair .. not supported, \
        pair is not supported
        is limit_exceeded | above the rail's limit, over the rail's limit
        is payout_returned | bank sends it back, payout is returned, payout returned, payout comes \
        back
        is payout_delayed | payout delayed, payout is late
        """
}
