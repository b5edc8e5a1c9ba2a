// The platform's objects. `/o/{id}` resolves any of them, so a prefix is given out once.

package enum TenantKind: IDKind { package static let prefix = "tnt" }
package enum UserKind: IDKind { package static let prefix = "usr" }
package enum SandboxKind: IDKind { package static let prefix = "sbx" }
package enum KeyKind: IDKind { package static let prefix = "key" }
package enum ClientKind: IDKind { package static let prefix = "cli" }
package enum RequestKind: IDKind { package static let prefix = "req" }
package enum ContractKind: IDKind { package static let prefix = "ctr" }
package enum CheckpointKind: IDKind { package static let prefix = "ckp" }
/// An access token: the `jti` that revocation knows it by.
package enum TokenKind: IDKind { package static let prefix = "tok" }
/// A consent and everything drawn from it.
package enum GrantKind: IDKind { package static let prefix = "grt" }
/// A world's layer. Layers never leave the platform, so the prefix shows in logs only.
package enum LayerKind: IDKind { package static let prefix = "lay" }
package enum EndpointKind: IDKind { package static let prefix = "we" }
package enum DeliveryKind: IDKind { package static let prefix = "dlv" }
/// A message in a sandbox's built-in webhook receiver.
package enum InboxMessageKind: IDKind { package static let prefix = "inb" }
/// A dry-run session. Clients name their sessions themselves; this shows in logs only.
package enum DryRunKind: IDKind { package static let prefix = "dry" }
package enum JourneyKind: IDKind { package static let prefix = "jrn" }
package enum JourneyRunKind: IDKind { package static let prefix = "run" }
package enum AuditKind: IDKind { package static let prefix = "aud" }
package enum InvitationKind: IDKind { package static let prefix = "inv" }
/// A sign-in to the portal. Sessions never leave the platform, so the prefix shows in logs only.
package enum SessionKind: IDKind { package static let prefix = "ses" }
/// A gateway process while it runs; it never leaves the platform.
package enum GatewayKind: IDKind { package static let prefix = "gtw" }

/// A worker on durable lanes of work while it runs; it never leaves the platform.
package enum WorkerKind: IDKind { package static let prefix = "wrk" }

package typealias TenantID = ID<TenantKind>
package typealias UserID = ID<UserKind>
package typealias SandboxID = ID<SandboxKind>
package typealias KeyID = ID<KeyKind>
package typealias ClientID = ID<ClientKind>
package typealias RequestID = ID<RequestKind>
package typealias ContractID = ID<ContractKind>
package typealias CheckpointID = ID<CheckpointKind>
package typealias LayerID = ID<LayerKind>
package typealias TokenID = ID<TokenKind>
package typealias GrantID = ID<GrantKind>
package typealias EndpointID = ID<EndpointKind>
package typealias DeliveryID = ID<DeliveryKind>
package typealias InboxMessageID = ID<InboxMessageKind>
package typealias DryRunID = ID<DryRunKind>
package typealias JourneyID = ID<JourneyKind>
package typealias JourneyRunID = ID<JourneyRunKind>
package typealias AuditID = ID<AuditKind>
package typealias InvitationID = ID<InvitationKind>
package typealias SessionID = ID<SessionKind>
package typealias GatewayID = ID<GatewayKind>
package typealias WorkerID = ID<WorkerKind>
