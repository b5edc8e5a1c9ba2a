// One entry a file. A test compares this list with the folder, so that a file left out fails the suite.
#pragma clang diagnostic ignored "-Wc23-extensions"
#include "CWebAssets.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define ASSET(name, array) {name, array, COUNT(array)}

static const unsigned char asset_copy_text_js[] = {
#embed "../Web/assets/copy-text.js"
};
static const unsigned char asset_icon_svg[] = {
#embed "../Web/assets/icon.svg"
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

static const sbx_asset assets[] = {
    ASSET("copy-text.js", asset_copy_text_js),
    ASSET("icon.svg", asset_icon_svg),
    ASSET("live-run.js", asset_live_run_js),
    ASSET("local-time.js", asset_local_time_js),
    ASSET("portal.css", asset_portal_css),
    ASSET("portal.js", asset_portal_js),
};

size_t sbx_asset_count(void) { return COUNT(assets); }
const sbx_asset *sbx_asset_at(size_t index) { return &assets[index]; }
