using Netclaw.Cli.Endpoints;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Profiles;
using Netclaw.Protocol;

namespace Netclaw.Cli.Tests.Endpoints;

/// <summary>The order of trust.md section 3 as a table: what is there → what is tried, in order.</summary>
public sealed class EndpointOrderTests
{
    private static readonly PublicKey Key = SigningKey.Generate().Public;
    private static readonly Profile Home = ProfileOf("home", "https://home.example");
    private static readonly Profile Work = ProfileOf("work", "http://10.0.0.7:5199");

    [Theory]
    // url option, NETCLAW_URL, profile option, socket, host, profiles → rules and addresses
    [InlineData("http://a:1", "http://b:2", null, true, true, true, "url http://a:1")]
    [InlineData("HTTP://A:1/", null, null, true, true, true, "url http://a:1")]
    [InlineData("http://a:1", null, "work", true, true, true, "url http://a:1")]
    [InlineData("unix:/x/control.sock", null, null, true, true, true, "url unix:/x/control.sock")]
    [InlineData("unix:///x/control.sock", null, null, false, false, false, "url unix:/x/control.sock")]
    [InlineData(null, "http://b:2", null, true, true, true, "url http://b:2")]
    [InlineData(null, "http://b:2", "work", true, true, true, "profile http://10.0.0.7:5199")]
    [InlineData(null, "", null, true, false, false, "control unix:/h/run/control.sock")]
    [InlineData(null, null, "work", true, true, true, "profile http://10.0.0.7:5199")]
    [InlineData(null, null, null, true, true, true, "control unix:/h/run/control.sock, host http://127.0.0.1:5199, profile https://home.example")]
    [InlineData(null, null, null, true, false, true, "control unix:/h/run/control.sock, profile https://home.example")]
    [InlineData(null, null, null, false, true, true, "host http://127.0.0.1:5199, profile https://home.example")]
    [InlineData(null, null, null, false, false, true, "profile https://home.example")]
    [InlineData(null, null, null, false, true, false, "host http://127.0.0.1:5199")]
    [InlineData(null, null, null, false, false, false, "")]
    public void Tries_InTheOrderOfTrust(string? url, string? variable, string? profile, bool socket, bool host, bool profiles, string expected)
    {
        var plan = EndpointOrder.Of(Facts(url, variable, profile, socket, host, profiles ? Book() : ProfileBook.Empty));

        Assert.Equal(expected, string.Join(", ", Tries(plan).Select(candidate => $"{candidate.Rule} {candidate.Address}")));
    }

    [Fact]
    public void Says_WhatDidNotComeIntoQuestion()
    {
        var plan = EndpointOrder.Of(Facts(null, null, null, false, false, ProfileBook.Empty));

        Assert.Equal(
            ["control socket /h/run/control.sock: not there", "this home's daemon by TCP: the home has no host credential", "default profile: this home is not paired with a gateway"],
            plan.OfType<EndpointStep.PassedOver>().Select(step => $"{step.Attempt.What}: {step.Attempt.Seen}"));
    }

    [Fact]
    public void NeverPassesOver_WhatWasNamed()
    {
        Assert.False(Assert.Single(Tries(EndpointOrder.Of(Facts("http://a:1", null, null, true, true, Book())))).MayBePassedOver);
        Assert.False(Assert.Single(Tries(EndpointOrder.Of(Facts(null, null, "work", true, true, Book())))).MayBePassedOver);
    }

    [Theory]
    [InlineData("localhost:5199", "netclaw status --url http://localhost:5199")]
    [InlineData("127.0.0.1:5199", "netclaw status --url http://127.0.0.1:5199")]
    [InlineData("ws://a:1", "netclaw pair http://127.0.0.1:5199")]
    [InlineData("http://user:secret@a:1", "netclaw pair http://127.0.0.1:5199")]
    [InlineData("http://a:1?x=1", "netclaw pair http://127.0.0.1:5199")]
    [InlineData("unix:relative.sock", "netclaw pair http://127.0.0.1:5199")]
    public void Refuses_AddressesThatAreNone(string url, string remedy)
    {
        var failure = Assert.Throws<CommandFailure>(() => EndpointOrder.Of(Facts(url, null, null, true, true, Book())));

        Assert.Equal("endpoint_url_invalid", failure.Error.Code);
        Assert.Equal(remedy, failure.Error.Remedy);
        Assert.Equal(ExitCodes.Usage, failure.ExitCode);
    }

    [Fact]
    public void SuggestsTheNearest_WhenAProfileIsMistyped()
    {
        var failure = Assert.Throws<CommandFailure>(() => EndpointOrder.Of(Facts(null, null, "wrk", true, true, Book())));

        Assert.Equal("not_paired", failure.Error.Code);
        Assert.Equal("netclaw status --profile work", failure.Error.Remedy);
        Assert.Contains("It has: home, work.", failure.Error.Message);
    }

    [Fact]
    public void StillReachesTheControlSocket_WhenTheProfilesAreDamaged()
    {
        var damage = new CommandFailure(RefusalCode.ProfileUnreadable, "line 3 is damaged");
        var facts = Facts(null, null, null, true, false, ProfileBook.Empty) with { Profiles = new Lazy<ProfileReading>(new ProfileReading(null, damage)) };

        Assert.IsType<EndpointCandidate.Control>(Assert.Single(Tries(EndpointOrder.Of(facts))));
        Assert.Equal("line 3 is damaged", EndpointOrder.Of(facts).OfType<EndpointStep.PassedOver>().Last().Attempt.Seen);
        Assert.Same(damage, Assert.Throws<CommandFailure>(() => EndpointOrder.Of(facts with { ProfileOption = "work" })));
    }

    [Fact]
    public void LooksAtNothingElse_WhileTheControlSocketAnswers()
    {
        var facts = Facts(null, null, null, true, false, ProfileBook.Empty) with
        {
            Host = new Lazy<HostFacts?>(() => throw new InvalidOperationException("read")),
            Profiles = new Lazy<ProfileReading>(() => throw new InvalidOperationException("read")),
        };

        Assert.IsType<EndpointStep.Try>(EndpointOrder.Of(facts).First());
    }

    private static EndpointCandidate[] Tries(IEnumerable<EndpointStep> steps) => [.. steps.OfType<EndpointStep.Try>().Select(step => step.Candidate)];

    private static EndpointFacts Facts(string? url, string? variable, string? profile, bool socket, bool host, ProfileBook book) => new()
    {
        UrlOption = url,
        UrlVariable = variable,
        ProfileOption = profile,
        ControlSocket = "/h/run/control.sock",
        ControlSocketExists = socket,
        Host = new Lazy<HostFacts?>(host ? new HostFacts(Key.GatewayId, ["http://127.0.0.1:5199"]) : null),
        Profiles = new Lazy<ProfileReading>(new ProfileReading(book, null)),
    };

    private static ProfileBook Book() => new(ProfileBook.CurrentVersion, [Home, Work]) { Default = "home" };

    private static Profile ProfileOf(string name, string url)
    {
        var gateway = SigningKey.Generate().Public;
        return new Profile(name, url, gateway.GatewayId, name, gateway, Key.DeviceId, "keys/x.key", Role.Operator, ScopeSet.ReadWrite, 0);
    }
}
