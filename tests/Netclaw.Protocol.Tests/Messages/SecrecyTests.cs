using System.Collections;
using System.Reflection;

namespace Netclaw.Protocol.Tests.Messages;

/// <summary>Nothing that is printed shows a secret: records print their members, so every secret is a <see cref="Secret"/>.</summary>
public sealed class SecrecyTests
{
    public static TheoryData<string> Names => new(MessageSamples.All.Select(sample => sample.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Printing_AMessage_ShowsNoSecret(string name)
    {
        var message = MessageSamples.All.Single(sample => sample.Name == name).Message;
        foreach (var text in new[] { message.ToString()!, $"{message}", string.Format(null, "{0}", message), string.Concat("", message) })
        {
            Assert.DoesNotContain(MessageSamples.Canary, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TheCanary_IsInTheMessagesThatCarrySecrets()
    {
        // Otherwise the test above would pass by looking at nothing.
        var carrying = MessageSamples.All.Where(sample => Secrets(sample.Message).Any()).Select(sample => sample.Name.Split('.')[0]).Distinct();
        Assert.Equal(["CodeCreateResult", "ConnectParams", "HelloOk", "PairConfirmResult", "SetupCodeResult", "TokenRotateResult"], carrying.Order());
        Assert.All(MessageSamples.All.SelectMany(sample => Secrets(sample.Message)), secret => Assert.Equal(MessageSamples.Canary, secret.Reveal()));
    }

    [Fact]
    public void EverySecretProperty_OfEveryMessage_IsMarked()
    {
        var carriers = typeof(ProtocolJson).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetProperties())
            .Where(property => property.PropertyType == typeof(string) && Suspicious(property.Name))
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}");
        Assert.Empty(carriers);
    }

    [Fact]
    public void Printing_KeysAndCodes_ShowsNoSecret()
    {
        using var key = SigningKey.Generate();
        var body = key.ExportPem().Split('\n')[1];
        Assert.DoesNotContain(body, $"{key} {new KeyFileResult.Loaded(key)}", StringComparison.Ordinal);

        var code = PairingCode.New();
        var link = PairingLink.Build(new Uri("http://127.0.0.1:5199"), code, key.Public);
        Assert.True(PairingLink.TryParse(link.Reveal(), out var parsed, out _));
        var setup = SetupLink.Build("ws://127.0.0.1:5199", new Secret(MessageSamples.Canary), DateTimeOffset.UnixEpoch, key.Public);
        Assert.True(SetupLink.TryParse(setup.Reveal(), out var read, out var problem), problem);
        Assert.DoesNotContain(MessageSamples.Canary, $"{setup} {read} {read.Token}", StringComparison.Ordinal);

        var printed = $"{code} {code.Secret} {code.ToDisplay()} {link} {parsed}";
        Assert.DoesNotContain(code.Secret.Reveal(), printed, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(code.ToDisplay().Reveal()[5..], printed, StringComparison.OrdinalIgnoreCase);
    }

    private static bool Suspicious(string name) =>
        Array.Exists(["Token", "Password", "Secret", "Passphrase"], word => name.EndsWith(word, StringComparison.Ordinal));

    private static IEnumerable<Secret> Secrets(object? value) => value switch
    {
        Secret secret => [secret],
        null or string or Type or PublicKey or System.Text.Json.JsonElement => [],
        IEnumerable items => items.Cast<object?>().SelectMany(Secrets),
        _ when value.GetType().Assembly == typeof(ProtocolJson).Assembly =>
            value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.GetIndexParameters().Length == 0)
                .SelectMany(property => property.PropertyType == value.GetType() ? [] : Secrets(property.GetValue(value))),
        _ => [],
    };
}
