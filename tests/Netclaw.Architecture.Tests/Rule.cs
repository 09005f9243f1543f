namespace Netclaw.Architecture;

/// <summary>A rule that is broken says by what, all of it.</summary>
internal static class Rule
{
    public static void Holds(IEnumerable<string?> offenders)
    {
        var all = offenders.ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }
}
