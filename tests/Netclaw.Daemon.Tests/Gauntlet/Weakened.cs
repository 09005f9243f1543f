using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Reading;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Evidence;
using Netclaw.Daemon.Listeners;

namespace Netclaw.Daemon.Tests.Gauntlet;

/// <summary>The product with one check taken out, through the same services that the product is put together from.</summary>
internal static class Weakened
{
    /// <summary>The policy without these checks of its TCP table.</summary>
    public static Action<IServiceCollection> Policy(params string[] without) => services =>
    {
        var tcp = TrustChecks.Tcp.RemoveAll(check => without.Contains(check.Name, StringComparer.Ordinal));
        Assert.Equal(TrustChecks.Tcp.Length - without.Length, tcp.Length);
        services.AddSingleton(new TrustPolicy(TrustChecks.Control, TrustChecks.Shared, tcp));
    };

    /// <summary>The policy with a rule before its TCP table that believes something it should not.</summary>
    public static Action<IServiceCollection> Believing(Func<AccessQuestion, AccessDecision?> gullible) => services =>
        services.AddSingleton(new TrustPolicy(TrustChecks.Control, TrustChecks.Shared, TrustChecks.Tcp.Insert(0, new TrustCheck("gullible", gullible))));

    /// <summary>Connections are read as if they had come like this.</summary>
    public static Action<IServiceCollection> Facts(Func<ConnectionFacts, ConnectionFacts> change) => services =>
        services.AddSingleton<EvidenceReading>((facts, rules) => EvidenceReader.Read(change(facts), rules));

    /// <summary>What was read is changed afterwards.</summary>
    public static Action<IServiceCollection> Evidence(Func<ConnectionEvidence, ConnectionFacts, ConnectionEvidence> change) => services =>
        services.AddSingleton<EvidenceReading>((facts, rules) => change(EvidenceReader.Read(facts, rules), facts));

    /// <summary>The policy is told of another installation than there is.</summary>
    public static Action<IServiceCollection> Options(Func<TrustOptions, TrustOptions> change) => services =>
        services.AddSingleton(change((TrustOptions)services.Last(service => service.ServiceType == typeof(TrustOptions)).ImplementationInstance!));

    /// <summary>The registry decides otherwise.</summary>
    public static Action<IServiceCollection> Registry(Func<RegistryCommand, RegistryState, Decision> rules) => services =>
        services.AddSingleton<RegistryRules>((command, state) => rules(command, state));

    /// <summary>Credentials are checked, and then something else is said about them.</summary>
    public static Action<IServiceCollection> Credentials(Func<Credentials, CredentialOffer, Credentials> change) => services =>
        services.AddSingleton<ICredentialChecker>(provider => new Changed(ActivatorUtilities.CreateInstance<CredentialChecker>(provider), change));

    /// <summary>Unauthenticated connections are counted against these limits.</summary>
    public static Action<IServiceCollection> Limits(LimitsOptions limits) => services =>
        services.AddSingleton(provider => new Doors(limits, provider.GetRequiredService<TimeProvider>()));

    private sealed class Changed(ICredentialChecker inner, Func<Credentials, CredentialOffer, Credentials> change) : ICredentialChecker
    {
        public async ValueTask<Credentials> CheckAsync(CredentialOffer offer) => change(await inner.CheckAsync(offer), offer);
    }

    public static ImmutableArray<HeaderLine> Without(this ImmutableArray<HeaderLine> lines, params string[] names) =>
        lines.RemoveAll(line => names.Contains(line.Name, StringComparer.OrdinalIgnoreCase));
}
