using System.Reflection;

namespace Netclaw.Protocol.Tests.Codes;

public sealed class RefusalTableTests
{
    /// <summary>Refusals after which there is nothing to do, and why.</summary>
    private static readonly Dictionary<RefusalCode, string> IntendedEnds = new()
    {
        [RefusalCode.Cancelled] = "the person stopped the command; telling them what to run would be telling them what they just decided against",
    };

    [Fact]
    public void EveryCode_HasOneRow_InTheOrderOfTheEnum() =>
        Assert.Equal(Enum.GetValues<RefusalCode>(), RefusalTable.All.Select(row => row.Code));

    [Fact]
    public void EveryRow_IsFoundByCodeAndByName()
    {
        Assert.All(RefusalTable.All, row =>
        {
            Assert.Same(row, RefusalTable.For(row.Code));
            Assert.True(RefusalTable.TryFind(row.Name, out var found));
            Assert.Same(row, found);
        });
        Assert.False(RefusalTable.TryFind("no_such_code", out _));
        Assert.False(RefusalTable.TryFind("Unauthorized", out _));
    }

    [Fact]
    public void Names_AreSnakeCase_AndUnique()
    {
        Assert.All(RefusalTable.All, row => Assert.Matches("^[a-z]+(_[a-z]+)*$", row.Name));
        Assert.All(RefusalTable.All, row => Assert.Equal(row.Code.ToString(), row.Name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true));
        Assert.Equal(RefusalTable.All.Length, RefusalTable.All.Select(row => row.Name).Distinct().Count());
    }

    [Fact]
    public void EveryRow_LeadsOut_UnlessItIsAnIntendedEnd()
    {
        Assert.All(RefusalTable.All, row => Assert.Equal(IntendedEnds.ContainsKey(row.Code), row.Remedy.Length == 0));
        Assert.All(RefusalTable.All, row => Assert.DoesNotContain('\n', row.Remedy));
        Assert.All(IntendedEnds.Values, reason => Assert.True(reason.Length > 20));
    }

    [Fact]
    public void EveryMeaning_IsOneSentence() => Assert.All(RefusalTable.All, row =>
    {
        Assert.EndsWith(".", row.Meaning, StringComparison.Ordinal);
        Assert.True(char.IsUpper(row.Meaning[0]) || row.Meaning.StartsWith("netclaw", StringComparison.Ordinal), row.Meaning);
    });

    [Fact]
    public void ExitCodes_AreDocumentedOnes_AndNeverSuccess()
    {
        var known = typeof(ExitCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (int)field.GetRawConstantValue()!).ToHashSet();
        Assert.All(RefusalTable.All, row => Assert.Contains(row.ExitCode, known));
        Assert.All(RefusalTable.All, row => Assert.NotEqual(ExitCodes.Ok, row.ExitCode));
    }

    [Fact]
    public void CloseCodes_AreOnesAServerMaySend()
    {
        // RFC 6455 section 7.4: 1005, 1006 and 1015 never go over the wire; 4000 to 4999 are private.
        int[] standard = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013];
        Assert.All(RefusalTable.All, row => Assert.True(
            row.WebSocketClose is 0 or (>= 4000 and <= 4999) || standard.Contains(row.WebSocketClose), row.Name));
    }

    [Fact]
    public void HttpStatuses_AreErrors_WhereTheWireCanSeeTheCode() => Assert.All(RefusalTable.All, row =>
    {
        var local = row.Source is RefusalSource.CommandLine or RefusalSource.Start && row.Code != RefusalCode.InternalError;
        Assert.True(local ? row.HttpStatus == 0 && row.WebSocketClose == 0 : row.HttpStatus is >= 400 and < 600, row.Name);
    });

    [Fact]
    public void LogEvents_AreUnique_AndInTheirRange()
    {
        Assert.Equal(RefusalTable.All.Length, RefusalTable.All.Select(row => row.LogEvent).Distinct().Count());
        Assert.All(RefusalTable.All, row => Assert.InRange(row.LogEvent, 9000, 9999));
    }

    [Fact]
    public void Retryable_MeansTheExitCodeSaysSoToo() => Assert.All(
        RefusalTable.All.Where(row => row.Retryable),
        row => Assert.Contains(row.ExitCode, new[] { ExitCodes.TryAgain, ExitCodes.TimedOut, ExitCodes.Unavailable, ExitCodes.Cancelled }));

    [Fact]
    public void AnError_CarriesTheRow_AndThisOccasionsWords()
    {
        var error = RefusalTable.Error(RefusalCode.PortInUse, "Tried 127.0.0.1:5199.");
        var row = RefusalTable.For(RefusalCode.PortInUse);
        Assert.Equal(new CallError("port_in_use", "Tried 127.0.0.1:5199.", row.Remedy, row.Retryable), error);
        Assert.Equal("netclaw up", RefusalTable.Error(RefusalCode.PortInUse, "x", "netclaw up").Remedy);
        Assert.Null(RefusalTable.Error(RefusalCode.Cancelled, "x").Remedy);
    }

    [Fact]
    public void TheDocument_IsTheTable() => RepositoryTree.Holds("docs/codes.md", RefusalDocument.Markdown());

    [Fact]
    public void TheDocument_HasEveryRow()
    {
        var text = RefusalDocument.Markdown();
        Assert.All(RefusalTable.All, row => Assert.Contains($"| `{row.Name}` | {row.Meaning} |", text, StringComparison.Ordinal));
    }
}
