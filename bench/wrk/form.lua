-- POST of the form SBX_FORM.
wrk.method = "POST"
wrk.body = os.getenv("SBX_FORM")
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
