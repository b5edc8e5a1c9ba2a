"""Timers for a virtual clock to fire, put straight into the database."""


def fill(sandbox, timers, jobs):
    """One-shot timers spread over a year and daily jobs of all calendars, as firings of a domain
    would have set them. The sandbox's clock stands frozen and has moved before."""
    layer = f"""
        FROM sbx.sandbox_heads h
        CROSS JOIN generate_series(0, %d) AS n
        WHERE h.sandbox_id = (SELECT sandbox_id FROM sbx.directory_slugs WHERE slug = '{sandbox.slug}')
        """
    one_shot = """
        SELECT h.tenant_id, h.layer_id, 'shot_' || n,
            h.clock_frozen_at + (n * 7919::bigint % 31536000) * interval '1 second',
            'payments', 'shot', 'shot_' || n, 'shot', '{}'::json
        """ + layer % (timers - 1)
    daily = """
        SELECT h.tenant_id, h.layer_id, 'job:payments:job_' || n,
            h.clock_frozen_at + interval '1 day' + n * interval '13 minutes',
            'payments', 'job', 'job_' || n, 'job_' || n,
            json_build_object('kind', 'job_' || n, 'calendar',
                (ARRAY['fed', 'target', 'uk'])[1 + n % 3],
                'time', to_char(n % 24, 'FM00') || ':' || to_char(n % 60, 'FM00'))
        """ + layer % (jobs - 1)
    columns = "tenant_id, layer_id, timer_id, due_at, contract, type, entity_id, kind, payload"
    for rows in (one_shot, daily):
        sandbox.platform.sql(f"INSERT INTO sbx.timers ({columns}) {rows}")
