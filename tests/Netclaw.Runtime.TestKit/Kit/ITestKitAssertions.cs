namespace Akka.TestKit;

/// <summary>How a test framework is told that an expectation failed.</summary>
/// <remarks>Akka.NET documentation, "Testing Actor Systems".</remarks>
public interface ITestKitAssertions
{
    /// <summary>Fails the test with that text.</summary>
    void Fail(string format = "", params object[] args);

    /// <summary>Fails when it is false.</summary>
    void AssertTrue(bool condition, string format = "", params object[] args);

    /// <summary>Fails when it is true.</summary>
    void AssertFalse(bool condition, string format = "", params object[] args);

    /// <summary>Fails unless they are equal.</summary>
    void AssertEqual<T>(T expected, T actual, string format = "", params object[] args);

    /// <summary>Fails unless they are equal.</summary>
    void AssertEqual<T>(T expected, T actual, Func<T, T, bool> comparer, string format = "", params object[] args);
}
