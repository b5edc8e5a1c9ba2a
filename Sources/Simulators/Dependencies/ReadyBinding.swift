package import Contracts

/// Bindings for operations of published contracts, so that such a contract can be bound by its name
/// alone.
package enum ReadyBinding {
    /// The binding's `operation`, `request`, `answer` and `says`; nil for a contract that is not
    /// known for this dependency.
    package static func find(for dependency: Dependency, in contract: Contract) -> JSONValue? {
        table.first { entry in
            entry.dependency == dependency
                && entry.document["operation"]?.string.flatMap(contract.operation(id:))?.path
                    == entry.path
        }?.document
    }

    private struct Entry {
        let dependency: Dependency
        /// The operation's path, since ids repeat between contracts.
        let path: String
        let document: JSONValue
    }

    private static let table = [
        // Adyen, Foreign Exchange API v1. Currencies are upper case there, amounts minor units.
        Entry(
            dependency: .exchangeQuote, path: "/rates/calculate",
            document: [
                "operation": "post-rates-calculate",
                "request": [
                    "body": [
                        "exchangeCalculations": [
                            [
                                "type": "splitPayment", "exchangeSide": "{{amount_side}}",
                                "sourceAmount": [
                                    "currency": "{{upper sell_currency}}", "value": "{{amount}}",
                                ],
                                "targetCurrency": "{{upper buy_currency}}",
                            ]
                        ]
                    ]
                ],
                "answer": ["rate": "/exchangeCalculations/0/appliedExchangeRate"],
                "says": [
                    "/exchangeCalculations/0/appliedExchangeRate": "{{rate}}",
                    "/exchangeCalculations/0/targetAmount/currency": "{{upper buy_currency}}",
                    "/exchangeCalculations/0/targetAmount/value": "{{bought}}",
                ],
            ]),
        // Twilio, Lookup v2: what is known about the payer's phone number stands for the payment.
        // Its score runs from 0 to 100, as ours does.
        Entry(
            dependency: .riskScore, path: "/v2/PhoneNumbers/{PhoneNumber}",
            document: [
                "operation": "FetchPhoneNumber",
                "request": [
                    "path": ["PhoneNumber": "{{phone}}"],
                    "query": ["Fields": "sms_pumping_risk"],
                ],
                "answer": ["score": "/sms_pumping_risk/sms_pumping_risk_score"],
                "says": [
                    "/phone_number": "{{phone}}",
                    "/sms_pumping_risk/sms_pumping_risk_score": "{{score}}",
                ],
            ]),
        // CAMARA, KYC Match: a mobile operator compares with what it knows of the number's owner.
        // Numbers are E.164 there; what is not given is not compared.
        Entry(
            dependency: .identityCheck, path: "/match",
            document: [
                "operation": "KYC_Match",
                "request": [
                    "body": [
                        "phoneNumber": "{{phone}}", "name": "{{name}}", "email": "{{email}}",
                    ]
                ],
                "answer": ["match": "/nameMatch", "match_score": "/nameMatchScore"],
                "says": ["/nameMatch": "{{match}}"],
            ]),
        // Twilio, Programmable Messaging: a form. The account is nobody's, the sender the number
        // that Twilio documents for tests.
        Entry(
            dependency: .message, path: "/2010-04-01/Accounts/{AccountSid}/Messages.json",
            document: [
                "operation": "CreateMessage",
                "request": [
                    "path": ["AccountSid": "AC00000000000000000000000000000000"],
                    "body": ["To": "{{phone}}", "From": "+15005550006", "Body": "{{message}}"],
                ],
                "answer": ["id": "/sid", "status": "/status"],
                "says": [
                    "/to": "{{phone}}", "/from": "+15005550006", "/body": "{{message}}",
                    "/status": "queued",
                ],
            ]),
    ]
}
