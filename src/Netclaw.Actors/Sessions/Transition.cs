using System.Collections.Immutable;

namespace Netclaw.Actors.Sessions;

/// <summary>What one input leads to: the next state and the effects, in the order they are to be done.</summary>
public readonly record struct Transition(SessionState Next, params ImmutableArray<SessionEffect> Effects);
