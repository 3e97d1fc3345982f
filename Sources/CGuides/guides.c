#include "CGuides.h"

/* A directive of C23 that the compilers of the toolchain know in every standard. */
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char integrate_readme_md[] = {
#embed "../../docs/integrate/README.md"
};
static const unsigned char integrate_new_bank_md[] = {
#embed "../../docs/integrate/new-bank.md"
};
static const unsigned char integrate_issuer_md[] = {
#embed "../../docs/integrate/issuer.md"
};
static const unsigned char integrate_acquirer_md[] = {
#embed "../../docs/integrate/acquirer.md"
};
static const unsigned char integrate_shop_md[] = {
#embed "../../docs/integrate/shop.md"
};
static const unsigned char api_md[] = {
#embed "../../docs/api.md"
};
static const unsigned char certify_md[] = {
#embed "../../docs/certify.md"
};
static const unsigned char payments_md[] = {
#embed "../../docs/payments.md"
};
static const unsigned char prices_md[] = {
#embed "../../docs/prices.md"
};
static const unsigned char claims_md[] = {
#embed "../../docs/claims.md"
};
static const unsigned char bakong_md[] = {
#embed "../../docs/bakong.md"
};
static const unsigned char security_md[] = {
#embed "../../docs/security.md"
};
static const unsigned char demo_md[] = {
#embed "../../docs/demo.md"
};
static const unsigned char console_md[] = {
#embed "../../docs/console.md"
};
static const unsigned char observability_readme_md[] = {
#embed "../../docs/observability/README.md"
};
static const unsigned char databases_md[] = {
#embed "../../docs/databases.md"
};
static const unsigned char high_availability_md[] = {
#embed "../../docs/high-availability.md"
};
static const unsigned char sizing_md[] = {
#embed "../../docs/sizing.md"
};
static const unsigned char performance_md[] = {
#embed "../../docs/performance.md"
};
static const unsigned char pictures_states_svg[] = {
#embed "../../docs/pictures/states.svg"
};
static const unsigned char pictures_silence_svg[] = {
#embed "../../docs/pictures/silence.svg"
};
static const unsigned char observability_alerts_yml[] = {
#embed "../../docs/observability/alerts.yml"
};
static const unsigned char observability_grafana_json[] = {
#embed "../../docs/observability/grafana.json"
};
static const unsigned char integrate_client_kizuna_py[] = {
#embed "../../docs/integrate/client/kizuna.py"
};
static const unsigned char integrate_client_kizuna_ts[] = {
#embed "../../docs/integrate/client/kizuna.ts"
};
static const unsigned char integrate_client_kizuna_swift[] = {
#embed "../../docs/integrate/client/Kizuna.swift"
};
static const unsigned char integrate_issuer_python_issuer_py[] = {
#embed "../../docs/integrate/issuer/python/issuer.py"
};
static const unsigned char integrate_issuer_typescript_issuer_ts[] = {
#embed "../../docs/integrate/issuer/typescript/issuer.ts"
};
static const unsigned char integrate_issuer_swift_main_swift[] = {
#embed "../../docs/integrate/issuer/swift/main.swift"
};
static const unsigned char integrate_acquirer_python_acquirer_py[] = {
#embed "../../docs/integrate/acquirer/python/acquirer.py"
};
static const unsigned char integrate_acquirer_typescript_acquirer_ts[] = {
#embed "../../docs/integrate/acquirer/typescript/acquirer.ts"
};
static const unsigned char integrate_acquirer_swift_main_swift[] = {
#embed "../../docs/integrate/acquirer/swift/main.swift"
};
static const unsigned char integrate_shop_python_shop_py[] = {
#embed "../../docs/integrate/shop/python/shop.py"
};
static const unsigned char integrate_shop_typescript_shop_ts[] = {
#embed "../../docs/integrate/shop/typescript/shop.ts"
};
static const unsigned char integrate_shop_swift_main_swift[] = {
#embed "../../docs/integrate/shop/swift/main.swift"
};

#define GUIDE(kind, path, bytes) { path, KIZUNA_GUIDE_##kind, bytes, sizeof bytes }

static const struct kizuna_guide guides[] = {
    GUIDE(JOINING, "integrate/README.md", integrate_readme_md),
    GUIDE(JOINING, "integrate/new-bank.md", integrate_new_bank_md),
    GUIDE(JOINING, "integrate/issuer.md", integrate_issuer_md),
    GUIDE(JOINING, "integrate/acquirer.md", integrate_acquirer_md),
    GUIDE(JOINING, "integrate/shop.md", integrate_shop_md),
    GUIDE(JOINING, "api.md", api_md),
    GUIDE(JOINING, "certify.md", certify_md),
    GUIDE(JOINING, "payments.md", payments_md),
    GUIDE(JOINING, "prices.md", prices_md),
    GUIDE(JOINING, "claims.md", claims_md),
    GUIDE(JOINING, "bakong.md", bakong_md),
    GUIDE(JOINING, "security.md", security_md),
    GUIDE(RUNNING, "demo.md", demo_md),
    GUIDE(RUNNING, "console.md", console_md),
    GUIDE(RUNNING, "observability/README.md", observability_readme_md),
    GUIDE(RUNNING, "databases.md", databases_md),
    GUIDE(RUNNING, "high-availability.md", high_availability_md),
    GUIDE(RUNNING, "sizing.md", sizing_md),
    GUIDE(RUNNING, "performance.md", performance_md),
    GUIDE(FILE, "pictures/states.svg", pictures_states_svg),
    GUIDE(FILE, "pictures/silence.svg", pictures_silence_svg),
    GUIDE(FILE, "observability/alerts.yml", observability_alerts_yml),
    GUIDE(FILE, "observability/grafana.json", observability_grafana_json),
    GUIDE(FILE, "integrate/client/kizuna.py", integrate_client_kizuna_py),
    GUIDE(FILE, "integrate/client/kizuna.ts", integrate_client_kizuna_ts),
    GUIDE(FILE, "integrate/client/Kizuna.swift", integrate_client_kizuna_swift),
    GUIDE(FILE, "integrate/issuer/python/issuer.py", integrate_issuer_python_issuer_py),
    GUIDE(FILE, "integrate/issuer/typescript/issuer.ts", integrate_issuer_typescript_issuer_ts),
    GUIDE(FILE, "integrate/issuer/swift/main.swift", integrate_issuer_swift_main_swift),
    GUIDE(FILE, "integrate/acquirer/python/acquirer.py", integrate_acquirer_python_acquirer_py),
    GUIDE(FILE, "integrate/acquirer/typescript/acquirer.ts", integrate_acquirer_typescript_acquirer_ts),
    GUIDE(FILE, "integrate/acquirer/swift/main.swift", integrate_acquirer_swift_main_swift),
    GUIDE(FILE, "integrate/shop/python/shop.py", integrate_shop_python_shop_py),
    GUIDE(FILE, "integrate/shop/typescript/shop.ts", integrate_shop_typescript_shop_ts),
    GUIDE(FILE, "integrate/shop/swift/main.swift", integrate_shop_swift_main_swift),
};

const struct kizuna_guide *kizuna_guide(size_t number) {
    return number < sizeof guides / sizeof guides[0] ? &guides[number] : NULL;
}
