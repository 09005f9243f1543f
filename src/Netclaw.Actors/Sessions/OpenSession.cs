using Akka.Actor;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Sessions;

/// <summary>To <see cref="SessionSupervisor"/>, once per connection; answered with <see cref="SessionOpened"/> or <see cref="SessionRefused"/>.</summary>
/// <param name="Challenge">Already sent, or about to be, by the transport.</param>
/// <param name="Deadline">By when the session must be authenticated; counted from accept.</param>
public sealed record OpenSession(SessionId Id, ConnectionEvidence Evidence, ISessionTransport Transport, ConnectChallenge Challenge, DateTimeOffset Deadline);

/// <summary>The session's actor: the transport tells it <see cref="SessionInput"/>s from now on. It stops after <see cref="SessionInput.TransportClosed"/>.</summary>
public sealed record SessionOpened(SessionId Id, IActorRef Session);

/// <summary>There is no session, and the transport has been told to close with the same reason.</summary>
public sealed record SessionRefused(SessionId Id, RefusalCode Code);

/// <summary>To <see cref="SessionSupervisor"/>: no new sessions, open calls may finish until <paramref name="Deadline"/>; answered with <see cref="SessionsDrained"/>.</summary>
/// <param name="Reason">What clients hear in the <c>shutdown</c> event.</param>
public sealed record DrainSessions(string Reason, DateTimeOffset Deadline);

/// <summary>Every session is over and its transport gone.</summary>
public sealed record SessionsDrained(int Sessions);
