namespace Akka.Actor;

/// <summary>A behaviour: false when it does not handle the message.</summary>
/// <remarks>Akka.NET documentation, "Untyped Actor API".</remarks>
public delegate bool Receive(object message);

/// <summary>A behaviour that handles everything it is given.</summary>
/// <remarks>Akka.NET documentation, "Untyped Actor API".</remarks>
public delegate void UntypedReceive(object message);
