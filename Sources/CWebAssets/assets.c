// Written by ops/list-embedded-files.py. A test compares this list with the folders, so that a file
// left out fails the suite.
#pragma clang diagnostic ignored "-Wc23-extensions"
#include "CWebAssets.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define ASSET(name, array) {name, array, COUNT(array)}

static const unsigned char asset_chart_links_js[] = {
#embed "../Web/assets/chart-links.js"
};
static const unsigned char asset_copy_text_js[] = {
#embed "../Web/assets/copy-text.js"
};
static const unsigned char asset_find_anything_js[] = {
#embed "../Web/assets/find-anything.js"
};
static const unsigned char asset_fresh_part_js[] = {
#embed "../Web/assets/fresh-part.js"
};
static const unsigned char asset_icon_svg[] = {
#embed "../Web/assets/icon.svg"
};
static const unsigned char asset_live_requests_js[] = {
#embed "../Web/assets/live-requests.js"
};
static const unsigned char asset_live_run_js[] = {
#embed "../Web/assets/live-run.js"
};
static const unsigned char asset_local_time_js[] = {
#embed "../Web/assets/local-time.js"
};
static const unsigned char asset_portal_css[] = {
#embed "../Web/assets/portal.css"
};
static const unsigned char asset_portal_js[] = {
#embed "../Web/assets/portal.js"
};
static const unsigned char asset_shared_stream_js[] = {
#embed "../Web/assets/shared-stream.js"
};
static const unsigned char asset_single_keys_js[] = {
#embed "../Web/assets/single-keys.js"
};
static const unsigned char asset_guides_assistant_md[] = {
#embed "../../docs/guides/assistant.md"
};
static const unsigned char asset_guides_audit_md[] = {
#embed "../../docs/guides/audit.md"
};
static const unsigned char asset_guides_callbacks_md[] = {
#embed "../../docs/guides/callbacks.md"
};
static const unsigned char asset_guides_chaos_md[] = {
#embed "../../docs/guides/chaos.md"
};
static const unsigned char asset_guides_contracts_md[] = {
#embed "../../docs/guides/contracts.md"
};
static const unsigned char asset_guides_members_md[] = {
#embed "../../docs/guides/members.md"
};
static const unsigned char asset_guides_oauth_md[] = {
#embed "../../docs/guides/oauth.md"
};
static const unsigned char asset_guides_overlays_md[] = {
#embed "../../docs/guides/overlays.md"
};
static const unsigned char asset_guides_policy_md[] = {
#embed "../../docs/guides/policy.md"
};
static const unsigned char asset_guides_portal_md[] = {
#embed "../../docs/guides/portal.md"
};
static const unsigned char asset_guides_provoking_payment_outcomes_md[] = {
#embed "../../docs/guides/provoking-payment-outcomes.md"
};
static const unsigned char asset_guides_rules_md[] = {
#embed "../../docs/guides/rules.md"
};
static const unsigned char asset_guides_traces_md[] = {
#embed "../../docs/guides/traces.md"
};
static const unsigned char asset_guides_usage_md[] = {
#embed "../../docs/guides/usage.md"
};
static const unsigned char asset_guides_worlds_md[] = {
#embed "../../docs/guides/worlds.md"
};

static const sbx_asset assets[] = {
    ASSET("chart-links.js", asset_chart_links_js),
    ASSET("copy-text.js", asset_copy_text_js),
    ASSET("find-anything.js", asset_find_anything_js),
    ASSET("fresh-part.js", asset_fresh_part_js),
    ASSET("icon.svg", asset_icon_svg),
    ASSET("live-requests.js", asset_live_requests_js),
    ASSET("live-run.js", asset_live_run_js),
    ASSET("local-time.js", asset_local_time_js),
    ASSET("portal.css", asset_portal_css),
    ASSET("portal.js", asset_portal_js),
    ASSET("shared-stream.js", asset_shared_stream_js),
    ASSET("single-keys.js", asset_single_keys_js),
    ASSET("guides/assistant.md", asset_guides_assistant_md),
    ASSET("guides/audit.md", asset_guides_audit_md),
    ASSET("guides/callbacks.md", asset_guides_callbacks_md),
    ASSET("guides/chaos.md", asset_guides_chaos_md),
    ASSET("guides/contracts.md", asset_guides_contracts_md),
    ASSET("guides/members.md", asset_guides_members_md),
    ASSET("guides/oauth.md", asset_guides_oauth_md),
    ASSET("guides/overlays.md", asset_guides_overlays_md),
    ASSET("guides/policy.md", asset_guides_policy_md),
    ASSET("guides/portal.md", asset_guides_portal_md),
    ASSET("guides/provoking-payment-outcomes.md", asset_guides_provoking_payment_outcomes_md),
    ASSET("guides/rules.md", asset_guides_rules_md),
    ASSET("guides/traces.md", asset_guides_traces_md),
    ASSET("guides/usage.md", asset_guides_usage_md),
    ASSET("guides/worlds.md", asset_guides_worlds_md),
};

size_t sbx_asset_count(void) { return COUNT(assets); }
const sbx_asset *sbx_asset_at(size_t index) { return &assets[index]; }
