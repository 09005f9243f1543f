using System.Text.Json;

namespace Netclaw.Protocol.Tests.Scopes;

/// <summary>There are only 256 sets, so what is claimed of all is tried on all.</summary>
public sealed class ScopeSetTests
{
    private static readonly ScopeSet[] All = [.. Enumerable.Range(0, 256).Select(flags => new ScopeSet((Scope)flags))];
    private static readonly Scope[] Each = [.. Enum.GetValues<Scope>().Where(scope => scope != Scope.None)];

    [Fact]
    public void Admin_ImpliesAll_AndWriteImpliesReadAndTalk_AndNothingElseImplies()
    {
        foreach (var set in All)
        {
            foreach (var scope in Each)
            {
                var expected = (set.Flags & scope) != 0 || (set.Flags & Scope.Admin) != 0
                    || (scope is Scope.Read or Scope.Talk && (set.Flags & Scope.Write) != 0);
                Assert.Equal(expected, set.Covers(scope));
            }
        }
    }

    [Fact]
    public void Grant_NeverWidens_NeverInvents_AndKeepsWhatIsCovered()
    {
        foreach (var held in All)
        {
            foreach (var requested in All)
            {
                var granted = held.Grant(requested);
                Assert.True(held.Covers(granted));
                Assert.Equal(granted.Flags, granted.Flags & requested.Flags);
                Assert.Equal(held.Covers(requested), granted == requested);
            }
        }
    }

    [Fact]
    public void Covers_AgreesWithEachMember()
    {
        foreach (var held in All)
        {
            foreach (var needed in All)
            {
                Assert.Equal(Array.TrueForAll(Each, scope => (needed.Flags & scope) == 0 || held.Covers(scope)), held.Covers(needed));
            }
        }
    }

    [Fact]
    public void Text_AndJson_AreReadBack()
    {
        foreach (var set in All)
        {
            Assert.Equal(set, ScopeSet.Parse(set.ToString().Split(',', StringSplitOptions.RemoveEmptyEntries), out var unknown));
            Assert.Empty(unknown);
            Assert.Equal(set.ToNames().Order(StringComparer.Ordinal), set.ToNames());
            Assert.Equal(set.Count, set.ToNames().Length);
            var json = JsonSerializer.Serialize(new CodeCreateParams(Role.Operator, set), ProtocolJson.Default.CodeCreateParams);
            Assert.Equal(set, JsonSerializer.Deserialize(json, ProtocolJson.Default.CodeCreateParams)!.Scopes);
        }
    }

    [Fact]
    public void TheText_TellsAllSetsApart() => Assert.Equal(256, All.Select(set => set.ToString()).Distinct().Count());

    [Fact]
    public void ShortNames_AreRead_AndStrangersHandedBack()
    {
        var set = ScopeSet.Parse(["read", "operator.write", "talk.secrets", "Read", "node.exec", "", "operator."], out var unknown);
        Assert.Equal(Scope.Read | Scope.Write | Scope.TalkSecrets, set.Flags);
        Assert.Equal(["Read", "node.exec", "", "operator."], unknown.ToArray());
    }

    [Fact]
    public void TheDefaultOfADevice_HasNeitherAdminNorSecrets()
    {
        Assert.False(ScopeSet.DeviceDefault.Covers(Scope.Admin));
        Assert.False(ScopeSet.DeviceDefault.Covers(Scope.TalkSecrets));
        Assert.True(ScopeSet.All.Covers(Scope.Admin));
        Assert.True(ScopeSet.Empty.IsEmpty);
    }
}
