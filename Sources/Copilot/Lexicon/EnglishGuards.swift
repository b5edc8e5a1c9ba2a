/// What is not done: attacks, other worlds, the impossible.
enum EnglishGuards {
    static let table = """
        no production_access | real bank, live system, live endpoint, production, live key, live \
        api, live environment, prod, live mode, live keys, actual bank, the live, production api, \
        real card network, real network, live bank, for real, bypass the sandbox, outside the \
        sandbox, go live, prod api, prod system, live server, live account, real acquirer
        no real_money | real money, really send, really charge, real card, my real card, actual \
        money, my own card, my actual card, my credit card number, real funds, real bank account, \
        someone's card, somebody's card, his real card, her real card, with my real, actually \
        charge, genuine card, really transfer, really pay, actually pay, actually transfer, \
        actually move
        no other_tenant_data | other tenant, other tenants, another tenant, other customers' keys, \
        their keys, other company, other organization, other organisation, another company's, \
        other partner, other partners, someone else's sandbox, other people's, another partner, \
        competitor, another organization, other users' data, another user's sandbox, somebody \
        else's, every tenant, all tenants, different tenant, other sandbox owners, neighbour tenant
        no secrets | master key, system prompt, your instructions, your prompt, internal \
        configuration, server configuration, environment variables, root password, database \
        password, admin key, admin password, signing key of the platform, your rules are, reveal \
        .. prompt, your source code, encryption key, platform secrets, private key, admin \
        credentials, your configuration, hidden instructions, print .. instructions, show .. \
        instructions, platform's secret, dump .. config, private keys, postgres password, your \
        secrets, secret keys of the platform, your hidden, initial prompt
        no personal_data | home address, find his, find her, real people, real person's, real \
        customer data, real social security, someone's phone number, look up the person, \
        celebrity, real passport, real people's, where .. lives, real ssn, private number of, \
        actual customer names, genuine identity, personal data of, real names, real customers' \
        data, someone's address, real address
        no unsafe | turn the guard off, turn off the audit, disable audit, disable the audit, \
        delete the audit, skip the audit, evade, without leaving a trace, delete all data of, drop \
        the database, drop table, bypass .. limit, bypass .. security, disable .. security, \
        disable .. authentication, hack, exploit, ddos, malware, steal, launder, brute force, sql \
        injection, turn off .. logging, disable .. logging, wipe .. logs, delete .. logs, delete \
        .. audit, erase .. audit, hide .. from the audit, avoid .. audit, disable .. rate limit, \
        switch off .. rate limit, turn off .. rate limit, lift .. rate limit, remove .. rate \
        limit, ignore .. limits, hide .. from .. audit, stolen card numbers, circumvent, take \
        down, crash the platform, overload the platform, phishing, without .. audit, off .. audit \
        log, fake .. audit, tamper with, escalate .. privileges, make me admin, no audit, grant me \
        admin
        no impossible | turn .. clock back, move .. clock back, clock backwards, run backwards, \
        back in time, go back in time, rewind time, rewind .. clock, time .. backwards, set .. \
        clock back, clock .. back by, turn back time, turn back .. clock, travel back, into the \
        past, clock to yesterday, roll .. clock back, put .. clock back, wind .. clock back, \
        reverse time, back to yesterday, move time back, turn time back, clock .. back, rewind \
        <duration>, clock backward, clock .. into the past, in the past, go back <duration>, jump \
        back <duration>
        no unsupported | bitcoin, crypto, cryptocurrency, ethereum, stablecoin, usdc, blockchain, \
        nft, stock trade, buy shares, sell shares, stocks, mortgage, insurance claim, loan, \
        bitcoins, btc, eth, fax, letter by post, gold bars, securities, bond, tether, buy now pay \
        later, klarna, cheque clearing, western union, telegram message, fax message, postcard, \
        lightning network, dogecoin, solana
        no out_of_domain | poem, weather, joke, translate, recipe, song, story, essay, book .. \
        table, table for, find .. restaurant, recommend .. restaurant, restaurant near, book .. \
        flight/hotel/room/trip, order .. pizza/taxi/sushi, find .. flight/hotel, football, movie, \
        film, homework, capital of, president, horoscope, write .. code, python script, sing, \
        cook, cook .. dinner/lunch/breakfast, dinner ideas, for dinner, happy birthday, birthday \
        present, holiday trip, vacation, book .. taxi, news today, stock price, who won, who is, \
        what time is it, play .. music, music, call .. taxi, book .. haircut, dentist appointment, \
        summarise .. book, summarize .. book, novel, haiku, limerick, soccer, game, meaning of \
        life, travel tips, doctor, medical, workout, make .. coffee, order .. food, fairy tale, \
        tell me a, remind me, set .. alarm, set a timer, shopping list, buy me a, book me, \
        directions to, wikipedia, draw me, draw a, picture of, my cv, cover letter, resume for, \
        math problem, square root, solve the, linkedin, tweet, blog post, speech
        """
}
