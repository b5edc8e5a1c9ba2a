-- POST of SBX_BODY as JSON to the given path.
wrk.method = "POST"
wrk.body = os.getenv("SBX_BODY")
wrk.headers["Content-Type"] = "application/json"
