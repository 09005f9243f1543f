using Xunit.Sdk;

namespace Akka.TestKit.Xunit2;

/// <summary>Failed expectations as xunit's exceptions.</summary>
/// <remarks>Akka.NET documentation, "Testing Actor Systems".</remarks>
public class XunitAssertions : ITestKitAssertions
{
    /// <inheritdoc/>
    public void Fail(string format = "", params object[] args) => throw new XunitException(Text(format, args));

    /// <inheritdoc/>
    public void AssertTrue(bool condition, string format = "", params object[] args)
    {
        if (!condition) Fail(format, args);
    }

    /// <inheritdoc/>
    public void AssertFalse(bool condition, string format = "", params object[] args)
    {
        if (condition) Fail(format, args);
    }

    /// <inheritdoc/>
    public void AssertEqual<T>(T expected, T actual, string format = "", params object[] args)
        => AssertEqual(expected, actual, EqualityComparer<T>.Default.Equals, format, args);

    /// <inheritdoc/>
    public void AssertEqual<T>(T expected, T actual, Func<T, T, bool> comparer, string format = "", params object[] args)
    {
        if (!comparer(expected, actual)) Fail("{0}", $"Expected {expected}, but it is {actual}. {Text(format, args)}".TrimEnd());
    }

    private static string Text(string format, object[] args) => args.Length == 0 ? format : string.Format(format, args);
}
