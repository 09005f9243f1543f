namespace Netclaw.EndToEnd.Tests.Proxies.Fronts;

/// <summary>A mistake made in a ready-made configuration.</summary>
/// <param name="Change">Of the rendered text.</param>
internal sealed record Wrong(string Name, ReadyMade File, Func<string, string> Change)
{
    /// <summary>Leaves out every statement that has this in it.</summary>
    public static Func<string, string> Without(params string[] statements) => text =>
    {
        foreach (var statement in statements)
        {
            Assert.Contains(statement, text, StringComparison.Ordinal);
            text = string.Join('\n', text.Split('\n').Where(line => line.TrimStart().StartsWith('#') || !line.Contains(statement, StringComparison.Ordinal)));
        }

        return text;
    };

    public static Func<string, string> Instead(string statement, string other) => text =>
    {
        Assert.Contains(statement, text, StringComparison.Ordinal);
        return text.Replace(statement, other, StringComparison.Ordinal);
    };

    public override string ToString() => Name;
}
