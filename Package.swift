// swift-tools-version: 6.2
import PackageDescription

// The stack, bottom first. A module imports only what stands above it in this list;
// `TidyTests` reads the import lines and refuses a skipped or reversed layer.

let swiftSettings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

let package = Package(
    name: "SmartSandbox",
    products: [.executable(name: "sbx", targets: ["sbx"])],
    targets: [
        .systemLibrary(name: "CIDN2", pkgConfig: "libidn2", providers: [.apt(["libidn2-dev"])]),
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CXML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CResources"),
        .target(name: "CWebAssets"),

        module("Identifiers"),
        module("Contracts", ["CIDN2", "CXML", "CYAML", "Identifiers"]),
        module("Runtime", ["CLinux", "COpenSSL", "Identifiers"]),
        module("HTTP", ["CLinux", "COpenSSL", "CZlib", "Identifiers", "Contracts", "Runtime"]),
        module("Postgres", ["CLinux", "CPQ", "Identifiers", "Runtime"]),
        module("Access", ["COpenSSL", "Identifiers", "Contracts", "Runtime", "Postgres"]),
        module("Observability", ["Identifiers", "Contracts", "Runtime", "HTTP", "Postgres", "Access"]),
        module("Jobs", ["Runtime"]),
        module("Tenancy", ["Identifiers", "Contracts", "Runtime", "HTTP", "Postgres", "Access"]),
        module("Identity", ["COpenSSL", "Identifiers", "Contracts", "Runtime", "Postgres", "Access", "Tenancy"]),
        module(
            "Simulators",
            [
                "COpenSSL", "Identifiers", "Contracts", "Runtime", "HTTP", "Postgres", "Access", "Jobs",
                "Tenancy",
            ]),
        module("Copilot", ["Identifiers", "Contracts", "Runtime", "Postgres", "Access", "Tenancy"]),
        .target(
            name: "Web", dependencies: ["CWebAssets", "Identifiers", "Contracts", "HTTP"],
            exclude: ["assets"], swiftSettings: swiftSettings),
        module(
            "Gateway",
            [
                "CResources", "Identifiers", "Contracts", "Runtime", "HTTP", "Postgres", "Access",
                "Observability", "Jobs", "Tenancy", "Identity", "Simulators", "Copilot", "Web",
            ]),
        .executableTarget(
            name: "sbx",
            dependencies: [
                "CLinux", "CResources", "Identifiers", "Contracts", "Runtime", "HTTP", "Postgres",
                "Access", "Observability", "Jobs", "Tenancy", "Identity", "Simulators", "Copilot",
                "Gateway",
            ],
            swiftSettings: swiftSettings),

        .target(
            name: "TestSupport", dependencies: ["Postgres"], path: "Tests/TestSupport",
            swiftSettings: swiftSettings),
        tests("TidyTests", []),
        tests("IdentifiersTests", ["Identifiers"]),
        tests("RuntimeTests", ["Runtime"]),
        tests("ContractsTests", ["Contracts", "TestSupport"]),
        tests("HTTPTests", ["HTTP", "Contracts", "Runtime", "TestSupport"]),
        tests("PostgresTests", ["CPQ", "Runtime", "Postgres", "TestSupport"]),
        .target(
            name: "PlatformSupport",
            dependencies: [
                "CResources", "Identifiers", "Contracts", "Runtime", "Postgres", "Access", "Tenancy",
                "Identity", "TestSupport",
            ],
            path: "Tests/PlatformSupport", swiftSettings: swiftSettings),
        tests(
            "AccessTests",
            ["Identifiers", "Runtime", "Postgres", "Access", "Tenancy", "PlatformSupport", "TestSupport"]),
        tests(
            "TenancyTests",
            [
                "Identifiers", "Contracts", "Runtime", "Postgres", "Access", "Tenancy",
                "PlatformSupport",
            ]),
        tests(
            "IdentityTests",
            [
                "Identifiers", "Contracts", "Runtime", "Postgres", "Access", "Tenancy", "Identity",
                "PlatformSupport", "TestSupport",
            ]),
        tests(
            "ObservabilityTests",
            ["Identifiers", "Contracts", "Runtime", "Observability", "TestSupport"]),
        tests(
            "SimulatorsTests",
            [
                "Identifiers", "Contracts", "Runtime", "Postgres", "Access", "Tenancy", "Simulators",
                "PlatformSupport",
            ]),
        tests(
            "GatewayTests",
            [
                "Identifiers", "Contracts", "Runtime", "HTTP", "Postgres", "Access", "Observability",
                "Jobs", "Tenancy", "Identity", "Simulators", "Copilot", "Gateway", "TestSupport",
                "PlatformSupport",
            ]),
        .testTarget(
            name: "CopilotTests", dependencies: ["Contracts", "Copilot", "TestSupport"],
            exclude: ["requests"], swiftSettings: swiftSettings),
        tests("JobsTests", ["Runtime", "Jobs"]),
        tests("WebTests", ["Contracts", "HTTP", "Web"]),
        tests(
            "WebhookTests",
            [
                "Identifiers", "Contracts", "Runtime", "HTTP", "Postgres", "Access", "Jobs", "Tenancy",
                "Identity", "Simulators", "TestSupport", "PlatformSupport",
            ]),
    ]
)
