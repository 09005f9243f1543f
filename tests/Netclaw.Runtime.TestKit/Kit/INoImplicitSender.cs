namespace Akka.TestKit;

/// <summary>Marks a test kit whose test actor is not the sender of messages that are told without one.</summary>
/// <remarks>Akka.NET documentation, "Testing Actor Systems".</remarks>
public interface INoImplicitSender;
