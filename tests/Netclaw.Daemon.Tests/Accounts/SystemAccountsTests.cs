using Netclaw.Daemon.Accounts;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Accounts;

public sealed class SystemAccountsTests
{
    private readonly SystemAccounts _accounts = new();

    [Fact]
    public void FindsRoot_AsUserAndGroup()
    {
        Assert.Equal(UserId.Root, _accounts.FindUser("root"));
        Assert.Equal(0u, _accounts.FindGroup("root"));
    }

    [Fact]
    public void FindsEveryLocalUserAndGroup_ByTheNumberOfItsFile()
    {
        Assert.All(Entries("/etc/passwd"), entry => Assert.Equal(entry.Id, _accounts.FindUser(entry.Name)));
        Assert.All(Entries("/etc/group"), entry => Assert.Equal(entry.Id, _accounts.FindGroup(entry.Name)));
        Assert.Contains("root", _accounts.UserNames);
        Assert.Contains("root", _accounts.GroupNames);
    }

    [Theory]
    [InlineData("no such user here")]
    [InlineData("")]
    [InlineData("ROOT:x")]
    public void KnowsNobody_OfAnotherName(string name)
    {
        Assert.Null(_accounts.FindUser(name));
        Assert.Null(_accounts.FindGroup(name));
    }

    [Fact]
    public void Numbers_AreTakenAsTheyAre_AndNamesLookedUp()
    {
        Assert.Equal(4711u, ((IAccounts)_accounts).UserOf("4711"));
        Assert.Equal(0u, ((IAccounts)_accounts).UserOf("root"));
        Assert.Equal([0u, 4711u], AccountNames.Known(["root", "4711", "no such user here", "0"], ((IAccounts)_accounts).UserOf).AsEnumerable());
    }

    /// <summary>Of a name that stands twice, the first entry counts.</summary>
    private static IEnumerable<(string Name, uint Id)> Entries(string file) => File.ReadLines(file)
        .Select(line => line.Split(':')).Where(fields => fields.Length > 2 && uint.TryParse(fields[2], out _))
        .Select(fields => (fields[0], uint.Parse(fields[2], System.Globalization.CultureInfo.InvariantCulture)))
        .DistinctBy(entry => entry.Item1);
}
