/// Verbs and nouns that begin a step.
enum EnglishActions {
    static let table = """
        act create_payment | charge, pay, bill, sell, debit .. card, take .. payment, collect .. \
        card, spend, checks out, checkout, ring up, buy something, buys something, cashing, \
        process .. payment, buy
        thing create_payment | payment, purchase, sale, transaction, order, charge, card payment, \
        card charge, checkout, bill, txn, basket, shopping cart, one time payment, off session \
        payment
        act authorize_payment | authoriz, hold, reserve, preauthoriz, pre authoriz, place .. hold, \
        put .. hold, block .. on card, put .. authorization, earmark, set aside, authorize only
        thing authorize_payment | authorization, preauthorization, pre authorization, preauth, pre \
        auth, auth, deposit hold, auth hold, authorization hold
        act increment_authorization | raise .. hold/authorization/auth, increase .. \
        hold/authorization/auth, increment .. hold/authorization/auth, increment, incremental \
        authorization, top up .. hold/authorization/auth, extend .. hold/authorization by, bump .. \
        hold/authorization/auth
        act capture_payment | capture, settle .. hold/authorization, take .. of it, collect .. \
        hold, capture .. payment
        thing capture_payment | capture, partial capture, full capture
        act cancel_payment | cancel .. payment/authorization/hold/auth/order, void .. \
        payment/authorization/auth/hold, drop .. hold/authorization, release .. \
        hold/authorization/auth/it/money/funds, release, void, undo .. hold, let .. hold go, lift \
        .. hold, cancel .. charge
        act cancel | cancel [it/that/them/this], call [it/that] off, abort [it/that]
        act confirm_payment | confirm .. payment, confirm it, confirm
        act verify_card | zero amount check/verification/authorization, account verification, \
        verify .. card, card verification, card check, check .. card, validate .. card, zero \
        dollar auth/authorization, zero dollar check
        act attach_card | save .. card, attach .. card, add .. card to customer, store .. card, \
        save .. visa/mastercard/amex, card on file, add .. card
        act detach_card | forget .. card, forget card, detach .. card, remove .. card, delete .. \
        card
        act create_payment_link | payment link, pay link, link for, checkout link, pay by link
        act create_refund | refund, give .. back, pay .. back, send .. back to [the] \
        customer/shopper/buyer, send .. of it back, send .. of that back, return .. to [the] \
        customer/shopper/buyer/cardholder, reimburse, money back, hand .. back, credit .. back, \
        put .. back on [the] card
        thing create_refund | refund, reimbursement, full refund, partial refund
        act cancel_refund | cancel .. refund, stop .. refund
        act create_deposit | deposit, pay in, cash in, pays in, put .. into [the/my/an] account, \
        top up .. account/wallet/balance
        thing create_deposit | deposit, cash deposit, top up
        act list_payments | list .. payments/transactions/charges/sales, show .. \
        payments/transactions/charges/sales, show refunded/declined/disputed/failed, find .. \
        payments/transactions, which payments, get .. payments, all .. payments of, search .. \
        payments, give me .. payments, list refunded ones
        act get_payment | look at, look up, show .. payment, get .. payment, fetch .. payment, \
        status of [the] payment, details of
        act get_balance | balance of, balance, what is on, how much is on, show .. balance, check \
        .. balance, get .. balance
        act create_dispute | dispute, charge back, chargeback, file .. dispute/chargeback/claim, \
        raise .. dispute, open .. dispute/inquiry, contest .. payment/charge
        thing create_dispute | dispute, chargeback, inquiry, retrieval request, charge back, \
        retrieval, first chargeback
        act submit_dispute_evidence | submit .. evidence, send .. evidence, send .. receipt, \
        submit .. receipt, provide .. evidence, upload .. evidence, evidence, fight .. dispute, \
        fight it, respond .. with, counter .. with, upload .. receipt, defend, representment, \
        represent the chargeback, submit .. proof/documents, send .. proof, provide .. proof
        act accept_dispute | accept .. dispute, accept .. chargeback, give in, concede .. dispute
        act answer_inquiry | answer .. inquiry, respond to .. inquiry, reply to .. inquiry
        act create_pre_arbitration | pre arbitration, prearbitration, pre arb, prearb, take .. to \
        pre arbitration, go .. to pre arbitration
        act create_arbitration | arbitration, take .. to arbitration, go .. to arbitration
        act list_disputes | list .. disputes/chargebacks, show .. disputes/chargebacks, open \
        disputes, which disputes
        act issue_card | issue .. card, virtual card, physical card, new card, create .. card, \
        order .. card, give .. card, prepaid card, plastic card, card issuing
        act activate_card | activate, activate .. card
        act block_card | block .. card, freeze .. card, lock .. card, block it, freeze it, card \
        blocked, suspend .. card, block, block the card, deactivate .. card
        act unblock_card | unblock, unblock .. card, unfreeze, unfreeze .. card, unlock .. card
        act replace_card | replace .. card, replacement card, replace it, new card because, send \
        .. replacement, reissue
        act set_card_limit | set .. limit, limit .. card, card limit, spending limit, cap .. card, \
        limit of, spending cap, cap .. spending, limit .. spending, daily limit, monthly limit, \
        weekly limit
        act provision_wallet_token | add .. to apple/google/samsung pay, provision, tokenize .. \
        card, add .. to [the] wallet, put .. in apple/google/samsung pay, wallet token, push .. to \
        apple/google/samsung
        act create_card_authorization | card is use, card gets use, issued card .. use, our card \
        is use, cardholder spends, cardholder buys, cardholder pays, use our card, use .. issued \
        card, swipe .. issued card, spend with .. issued card, issuing authorization, card \
        authorization, authorization on .. issued card, atm withdrawal, withdraw .. atm, cash \
        withdrawal
        act reverse_card_authorization | reverse .. authorization, reverse .. of it, authorization \
        reversal, reverse .. auth
        act create_transfer | wire, transfer, send .. bank transfer, bank transfer, pull .. from \
        .. account, debit .. account, direct debit, send .. by wire, collect .. by direct debit, \
        push .. to .. account, send .. by ach/sepa, remit, move .. to .. account, credit .. \
        account, draw, pull, send .. via ach/sepa/swift/wire, debit
        thing create_transfer | transfer, bank transfer, direct debit, ach, wire transfer, ach \
        debit, ach credit, ach payment, ach transfer, ach pull, ach push, sepa transfer, sepa \
        payment, sepa debit, sepa direct debit, sepa credit transfer, sepa credit, sepa instant, \
        sepa instant transfer, sepa instant payment, instant sepa transfer, instant sepa payment, \
        sct inst, instant transfer, wire, remittance, bank debit, bank payment, credit transfer, \
        standing order, bank pull, bacs payment, chaps payment, swift payment, pix payment, rtp \
        payment, fednow payment, instant payment, faster payment
        act cancel_transfer | cancel .. transfer, stop .. transfer, cancel .. wire, stop .. wire
        act recall_transfer | recall, recall .. transfer, request .. back from [the] bank, claw .. \
        back
        act reverse_transfer | reverse .. debit/transfer/ach, reversal of, reversal, reverse it
        act represent_transfer | present .. again, represent, re present, resubmit .. \
        debit/transfer/ach, retry .. debit, redeposit, submit .. debit again
        act create_mandate | set up .. mandate, create .. mandate, new mandate, sign .. mandate, \
        sepa core mandate, b2b mandate, core mandate, mandate for
        thing create_mandate | mandate
        act cancel_mandate | cancel .. mandate, withdraw .. mandate, revoke .. mandate, withdraw \
        mandate
        act link_bank_account | link .. bank account, connect .. account, connect .. bank, link .. \
        account, add .. bank account, attach .. bank account
        act verify_bank_account | verify .. bank account, verify .. account, micro deposits, micro \
        deposit verification, account verification by micro deposits, bank account verification, \
        confirm .. bank account, name check
        act create_payout | pay out, payout, pay .. \
        vendor/seller/supplier/freelancer/merchant/driver/contractor/creator/worker, pay .. out, \
        disburse, send .. to .. seller/vendor/supplier/merchant/freelancer/driver/contractor, pay \
        .. salary, withdraw .. to .. bank, cash out
        thing create_payout | payout, pay out, disbursement, withdrawal, instant payout
        act cancel_payout | cancel .. payout, hold .. payout back, stop .. payout
        act list_transfers | list .. transfers, show .. transfers, which transfers
        act list_payouts | list .. payouts, show .. payouts, which payouts
        act upload_payment_file | upload .. file, send .. file, submit .. file, upload, payment \
        file, send .. pain.001, import .. file
        act create_statement | statement, account statement, generate .. statement, create .. \
        statement, bank statement for, camt statement
        act run_batch | run .. batch, batch, do .. run, batch run, kick off .. run, start .. run, \
        trigger .. run, execute .. run, run .. settlement, run .. clearing, run .. reconciliation
        act create_fx_quote | quote [me], price of, fx quote, rate for, lock .. rate, exchange \
        rate, get .. rate, fx rate, how much is, locked rate, indicative rate, what would .. be in
        thing create_fx_quote | quote, fx rate, exchange rate
        act create_fx_conversion | convert, exchange, turn .. into, change .. into, swap, fx \
        conversion, currency conversion, sell .. for <currency>, buy <money> with, buy <money> \
        for, buy <money> against, buy <money> paying, convert .. to, fx trade, fx deal, trade .. \
        for, currency exchange
        act create_subscription | subscribe [a/the] customer, subscribe .. to [a/the] plan, \
        subscription, weekly plan, monthly plan, yearly plan, annual plan, recurring payment, \
        recurring charge, recurring, membership, sign up .. plan, start .. plan, put .. plan, \
        daily plan, quarterly plan, standing plan
        thing create_subscription | subscription, plan, membership
        act change_subscription | upgrade, downgrade, change .. subscription/plan, switch .. plan, \
        up to <money>, raise .. plan/subscription, move .. plan, raise .. price, lower .. price, \
        upgrade .. to, switch .. yearly, switch .. annual, switch .. monthly
        act pause_subscription | pause .. subscription/plan, pause it, pause
        act resume_subscription | resume .. subscription/plan, resume it, unpause
        act cancel_subscription | cancel .. subscription/plan/membership, end .. subscription, \
        stop .. subscription, unsubscribe the customer, cancel subscription
        act create_invoice | invoice, send .. invoice, bill <money> due, create .. invoice, issue \
        .. invoice, bill .. due
        thing create_invoice | invoice
        act pay_invoice | pay .. invoice, settle .. invoice, invoice is paid, invoice gets paid, \
        pays it on time
        act void_invoice | void .. invoice, cancel .. invoice, void invoice
        act create_customer | new customer, create .. customer, add .. customer, register .. \
        customer, sign up .. customer, onboard .. customer, new user, create .. user, new client, \
        create .. account for, new person, register .. user, customer signs up
        act update_customer | update .. customer, change .. customer, move her, move him, move .. \
        customer, change .. address, change .. email, change .. name, customer moves, update .. \
        address, update .. phone, update .. email
        act delete_customer | delete .. customer, remove .. customer, erase .. customer, delete .. \
        user
        act create_kyc_check | kyc, kyc check, identity check, identity verification, verify .. \
        identity, id check, id verification, onboarding, document check, selfie check, liveness \
        check, watchlist screening, verify .. customer, verify .. user, screen .. customer, check \
        .. identity, check .. id, run .. kyc, age check, age verification, verify .. age, proof of \
        address check, address check, address verification, licence check, passport check, \
        sanctions screening, screen, background check, know your customer, verify .. passport, \
        verify .. licence, check .. passport, check .. licence, check .. age, identify
        thing create_kyc_check | identity, kyc, kyc check, onboarding, identity check, \
        verification, idv, screening, document verification, passport, driving licence, driver's \
        licence, id card, residence permit, proof of address, utility bill, selfie
        act resolve_kyc_review | analyst lets .. pass, analyst clear, analyst approves, analyst \
        approve, analyst reject, analyst decline, analyst says, reviewer approve, reviewer reject, \
        reviewer clear, resolve .. review, clear .. review, approve .. review, reject .. review, \
        analyst decides, close .. review, analyst let, reviewer lets .. pass, clear .. watchlist \
        hit, manual reviewer approve
        act resubmit_document | hand in .. new, resubmit, upload .. new, new document, upload .. \
        again, hand in .. again, submit .. new .. document, submit .. again, sends .. new \
        document, reupload, retake, send .. new photo
        act rescreen_customer | screen .. again, rescreen, re screen, screening again, periodic \
        screening, ongoing screening, repeat .. screening
        act create_kyb_check | kyb, kyb check, company check, business check, business \
        verification, company verification, verify .. company, verify .. business, check .. \
        company, check .. business, merchant onboarding, onboard .. company, onboard .. business, \
        onboard .. merchant, know your business, corporate check, corporate onboarding
        thing create_kyb_check | kyb, company, kyb check, business, corporation
        act resolve_kyb_review | compliance says, compliance approve, compliance reject, \
        compliance clear, compliance decides, resolve .. kyb review, compliance officer approve, \
        compliance officer reject, compliance team approve, compliance team reject, compliance \
        lets .. pass
        act add_business_owner | add .. owner, owner with, add .. shareholder, shareholder with, \
        beneficial owner with, second owner, new owner
        act create_risk_assessment | risk score, score .. payment/customer/transaction, risk \
        assessment, assess .. risk, score, risk check, fraud score, risk assess
        act resolve_aml_alert | close .. alert, resolve .. alert, report .. alert, file .. report, \
        file .. sar, suspicious activity report, file .. suspicious, escalate .. alert, alert is \
        closed, dismiss .. alert, clear .. alert
        act send_sms | send .. sms, send .. text/texts, text .. saying, text, sms to, send .. text \
        message, text message to, message to, send .. message, sms
        thing send_sms | sms, text message, text, message, texting
        act receive_sms | reply, answer <quoted>, answers <quoted>, she answers, he answers, \
        replies with, customer answers, inbound sms, inbound text, incoming sms, incoming text, \
        receives .. text from, texts back, text back, writes back, recipient answers, customer \
        replies, user replies, inbound
        act send_whatsapp | whatsapp, send .. whatsapp, whatsapp message, wa message, whatsapp \
        template, message .. on whatsapp
        act send_email | send .. email, email, mail, email to, send .. mail, mail titled, email \
        titled, e mail, send .. e mail, newsletter
        thing send_email | email, mail, e mail, newsletter
        act send_push | push notification, send .. push, push <quoted>, push message
        act create_call | call <phone>, ring <phone>, phone <phone>, phone call, voice call, call \
        to, ring, make .. call to, call the customer, call the user, call the recipient, call .. \
        customer, dial, phone, place .. call, robocall
        thing create_call | phone call, voice call, outbound call
        act cancel_message | cancel .. message/text/sms/email/whatsapp, stop .. \
        message/text/sms/email, cancel .. scheduled, unschedule
        act create_opt_out | opt .. out, block .. on, unsubscribe .. by form, unsubscribe .. from, \
        add .. opt out, opt out, suppress, add .. suppression list
        act delete_opt_out | opt .. back in, remove .. opt out, delete .. opt out, opt in again, \
        resubscribe, lift .. opt out
        act register_sender | register .. sender, register .. sender id, register sender, register \
        .. 10dlc, sender registration
        act create_verification | send .. code, one time code, one time password, otp, \
        verification code, send .. otp, code by, sms code, passcode, login code, send .. one time, \
        2fa, two factor, phone verification, verify .. phone, verify .. number
        act check_verification | enter, enters, types .. code, type .. code, type, check .. code, \
        code is enter, submit .. code, enters .. code, check .. otp, verify .. code, tries .. \
        code, key in, right one, right code, correct code, correct one
        act list_messages | list .. messages/texts/sms, show .. messages/texts, which messages, \
        messages that
        act create_webhook_endpoint | subscribe .. to, register .. endpoint, register .. webhook, \
        add .. webhook endpoint, create .. webhook endpoint, new endpoint, add .. endpoint, \
        webhook endpoint at, post .. to <url>, send .. to <url>, deliver .. to <url>, point .. \
        webhooks at, create .. webhook, add .. webhook, set up .. webhook, set up .. endpoint, \
        listen on
        act update_webhook_endpoint | update .. endpoint, change .. endpoint, move .. endpoint, \
        update .. webhook, edit .. endpoint
        act delete_webhook_endpoint | delete .. endpoint, remove .. endpoint, remove we, delete .. \
        webhook, remove .. webhook, unregister .. endpoint, unregister .. webhook
        act rotate_webhook_secret | rotate .. webhook secret, rotate .. signing secret, new secret \
        for, new signing secret, rotate .. secret, roll .. secret, new webhook secret
        act trigger_event | fire, trigger, emit, fire .. event, trigger .. event, send .. test \
        event, test event, raise .. event, simulate .. event
        act replay_webhook | replay .. webhook, resend .. webhook, send webhook .. again, send \
        webhook .. once more, redeliver, resend .. event, replay .. event, replay .. delivery, \
        resend .. delivery, send .. event again, webhook again, all deliveries, replay .. \
        deliveries, redeliver .. webhook, deliver .. again, resend, resend .. webhooks, send .. \
        webhook again, repeat .. webhook, replay .. webhooks, replay .. events, resend .. events, \
        send .. event once more, send .. webhook once more
        act requeue_dead_letters | dead letters, requeue .. dead letters, retry .. dead letters, \
        dead letter queue, requeue, dead letters again
        act list_events | list .. events, show .. events, which events, events of, get .. events, \
        latest events
        act replay_request | replay .. request, repeat .. request, resend .. request, send .. \
        request again, run .. request again, replay, replay .. call, rerun .. request, request \
        again, repeat .. call
        act explain_request | explain, why did .. fail, why was .. refused, why was .. rejected, \
        why was .. declined, why, explain .. request, what went wrong, tell me why
        act list_requests | list .. requests, show .. requests, all .. requests, which requests, \
        list .. calls, show .. calls, get .. requests, failed requests, show me all, show .. \
        errors, list .. errors
        act freeze_time | freeze .. clock, stop .. clock, freeze .. time, stop .. time, pause .. \
        clock, halt .. clock
        act resume_time | resume .. clock, resume .. time, start .. clock, restart .. clock, \
        unfreeze .. clock, let .. clock run, unfreeze .. time
        act reset_sandbox | reset .. sandbox, reset everything, back to the start, start over, \
        wipe .. sandbox, reset, clean slate, reset all, start from scratch
        act create_checkpoint | save .. checkpoint, create .. checkpoint, save as, make .. \
        checkpoint, take .. snapshot, snapshot, save .. state, checkpoint call/name, set .. \
        checkpoint, save the sandbox, checkpoint here
        act restore_checkpoint | back to checkpoint, restore .. checkpoint, restore, go back to \
        checkpoint, roll back to, return to checkpoint, back to, revert to, rewind to checkpoint
        act fork_sandbox | fork .. sandbox, fork, copy .. sandbox, clone .. sandbox, a copy \
        called, duplicate .. sandbox, copy of .. sandbox
        act apply_pack | use .. pack, apply .. pack, apply, load .. pack, switch on .. pack, \
        activate .. pack, seed .. pack, use risk intense, use payment failure, use compliance \
        review, enable .. pack
        act remove_pack | remove .. pack, drop .. pack, drop payment failure, drop risk intense, \
        drop compliance review, unload .. pack, disable .. pack
        act set_flag | mark <id>, flag <id>, set .. flag, set <id>, mark .. as
        act mount_contract | mount, mount .. contract, load .. contract
        act run_journey | run .. journey, start .. journey, execute .. journey, play .. journey
        act rerun_journey | rerun .. journey, run .. journey again, again from step, rerun .. from \
        step, rerun from, repeat .. from step, rerun, restart .. journey, run .. again from
        act request_token | request .. token, get .. token, token request, fetch .. token, access \
        token, credentials token, oauth token, obtain .. token, refresh .. token, credentials grant
        act revoke_token | revoke .. token, revoke it, invalidate .. token
        act create_api_key | create .. api key, new api key, create .. key, make .. api key, issue \
        .. api key, generate .. key
        act rotate_api_key | rotate .. api key, rotate .. key, rotate, roll .. key
        act revoke_api_key | revoke .. api key, revoke .. key, delete .. api key, disable .. api key
        act retry | retry, try again, try it again, second attempt, retries, attempt again, charge \
        again, try once more
        """
}
