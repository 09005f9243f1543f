using System.Net;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Listeners;

namespace Netclaw.Daemon.Tests.Listeners;

public sealed class AdmissionTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly Admission _admission;
    private readonly List<string> _cut = [];

    public AdmissionTests() => _admission = new Admission(new AdmissionLimits(PerAddress: 3, Total: 5, TimeSpan.FromSeconds(15)), _time);

    public void Dispose() => _admission.Dispose();

    [Fact]
    public void EvictsTheOldestOfTheAddress_WhenTheAddressIsFull()
    {
        Admit("b0", "10.0.0.2");
        Admit("a0");
        Admit("a1");
        Admit("a2");
        Admit("a3");

        Assert.Equal(["a0 Evicted"], _cut);
        Assert.Equal(4, _admission.Count);
    }

    [Fact]
    public void EvictsTheOldestOfAll_WhenEveryPlaceIsTaken()
    {
        for (var i = 0; i < 6; i++)
        {
            Admit($"c{i}", $"10.0.1.{i}");
        }

        Assert.Equal(["c0 Evicted"], _cut);
    }

    [Fact]
    public void NeverEvictsWhoAuthenticated_HoweverManyCome()
    {
        var first = Admit("first");
        first.Promote();
        for (var i = 0; i < 20; i++)
        {
            Admit($"x{i}", $"10.0.2.{i}");
        }

        Assert.DoesNotContain("first Evicted", _cut);
        Assert.Equal(15, _cut.Count);
    }

    [Fact]
    public void CutsAtTheDeadlineCountedFromAccept_AndNotBefore()
    {
        Admit("a");
        _time.Advance(TimeSpan.FromSeconds(10));
        Admit("b");

        _time.Advance(TimeSpan.FromSeconds(4.999));
        Assert.Empty(_cut);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["a Overdue"], _cut);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(["a Overdue", "b Overdue"], _cut);
        Assert.Equal(0, _admission.Count);
    }

    [Fact]
    public void LeavesTheDeadlineToTheSession_OnceClaimed()
    {
        var place = Admit("a");
        Assert.True(place.Claim(cause => _cut.Add($"session {cause}")));
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Empty(_cut);
        Assert.Equal(1, _admission.Count);
        Admit("b");
        Admit("c");
        Admit("d");
        Assert.Equal(["session Evicted"], _cut);
    }

    [Fact]
    public void CannotBeClaimed_OnceCut()
    {
        var place = Admit("a");
        _time.Advance(TimeSpan.FromSeconds(15));

        Assert.False(place.Claim(_ => { }));
    }

    [Fact]
    public void FreesThePlace_WhenTheConnectionCloses()
    {
        for (var i = 0; i < 50; i++)
        {
            using (Admit($"a{i}"))
            {
            }
        }

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(_cut);
        Assert.Equal(0, _admission.Count);
    }

    [Theory]
    [InlineData("2001:db8::1", "2001:db8::ffff", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    [InlineData("10.0.0.1", "::ffff:10.0.0.1", true)]
    [InlineData("10.0.0.1", "10.0.0.2", false)]
    public void CountsIPv6ByItsNetwork_AndMappedAsWhatItIs(string one, string other, bool same) =>
        Assert.Equal(same, AddressKey.Of(IPAddress.Parse(one)) == AddressKey.Of(IPAddress.Parse(other)));

    private Admitted Admit(string name, string address = "10.0.0.1") =>
        _admission.Admit(AddressKey.Of(IPAddress.Parse(address)), cause => _cut.Add($"{name} {cause}"));
}
