/// The stem under which an English word is looked up. Phrases and requests pass through the same
/// function, so a stem need not be a word; it must only be the same for all forms of one.
package enum Stem {
    package static func of(_ word: String) -> String {
        if let known = irregular[word] { return known }
        var stem = word
        if stem.hasSuffix("'s") { stem.removeLast(2) }
        if stem.count > 4, stem.hasSuffix("ies") {
            stem.removeLast(3)
            return stem + "y"
        }
        if stem.count > 3, stem.hasSuffix("s"), !stem.hasSuffix("ss"), !stem.hasSuffix("us"),
            !stem.hasSuffix("is")
        {
            stem.removeLast()
        }
        for ending in ["ing", "ed"] where stem.hasSuffix(ending) && stem.count - ending.count >= 3 {
            stem.removeLast(ending.count)
            let last = stem.suffix(2)
            if last.count == 2, last.first == last.last, "bdgmnprt".contains(last.first!) {
                stem.removeLast()
            }
            if stem.hasSuffix("i") { stem = String(stem.dropLast()) + "y" }
            break
        }
        if stem.count > 3, stem.hasSuffix("e") { stem.removeLast() }
        return stem
    }

    private static let irregular: [String: String] = {
        var table: [String: String] = [:]
        for family in families.split(separator: "\n") {
            let forms = family.split(separator: " ").map(String.init)
            for form in forms { table[form] = forms[0] }
        }
        return table
    }()

    private static let families = """
        pay pays paid paying
        sell sells sold selling
        send sends sent sending
        buy buys bought buying
        lose loses lost losing
        win wins won winning
        take takes took taken taking
        give gives gave given giving
        get gets got gotten getting
        go goes went gone going
        come comes came coming
        be is are was were been being
        do does did done doing
        have has had having
        freeze freezes froze frozen freezing
        hold holds held holding
        withdraw withdraws withdrew withdrawn withdrawing
        forget forgets forgot forgotten
        stop stops stopped stopping
        try tries tried trying
        authoriz authorize authorizes authorized authorizing authorise authorises authorised authorising
        authorization authorisation authorizations authorisations
        cancel cancels canceled cancelled canceling cancelling
        cancellation cancellations cancelation
        expir expire expires expired expiring expiry
        steal stolen stole
        put puts putting
        run runs ran running
        text texts texted texting
        make makes made making
        find finds found finding
        say says said saying
        tell tells told telling
        keep keeps kept keeping
        reply replies replied replying
        bill bills billed billing
        sms smses
        cheque cheques check checks checked checking
        match matches matched matching
        mismatch mismatches mismatched
        mail mails mailed mailing
        email emails emailed emailing
        too too
        use uses used using
        their their
        hung hang hangs hanging
        fall falls fell fallen
        break breaks broke broken
        ask asks asked asking
        forg forged forge forges forgery
        licence licences license licenses
        passe pass passes passed passing
        called called
        waiting waiting
        address addresses
        business businesses
        """
}
