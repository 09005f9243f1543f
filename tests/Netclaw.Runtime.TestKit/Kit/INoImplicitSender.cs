namespace Akka.TestKit;

/// <summary>Marks a test kit whose test actor is not the sender of messages that are told without one.</summary>
public interface INoImplicitSender;
