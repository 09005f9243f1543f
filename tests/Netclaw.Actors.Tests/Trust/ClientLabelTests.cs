using System.Collections.Immutable;
using Netclaw.Actors.Trust.Enumeration;
using Netclaw.Protocol;

namespace Netclaw.Actors.Trust;

/// <summary>A client's label never changes a decision.</summary>
public sealed class ClientLabelTests
{
    private static readonly string[] Labels = ["", "backend", "gateway-client", "netclaw", "cli", "node", "root", "control-ui", "127.0.0.1"];

    /// <summary>What a node offers is an offer.</summary>
    private static readonly NodeSurface Offer = new(["system"], ["system.run", "browser.proxy"]) { PathEnv = "/root/bin", Permissions = ImmutableDictionary<string, bool>.Empty.Add("admin", true) };

    [Fact]
    public void EveryField_Flipped_GivesTheSameAnswer()
    {
        var fields = typeof(ClientInfo).GetProperties().Where(property => property.CanWrite).ToArray();
        Assert.Equal(["DeviceFamily", "DisplayName", "Id", "InstanceId", "Mode", "Platform", "Surface", "Version"], fields.Select(field => field.Name).Order(StringComparer.Ordinal));
        var flipped = fields.SelectMany(Flipped).ToArray();
        var asked = 0;
        foreach (var slice in Space.All)
        {
            const int Stride = 997;
            for (var index = 0; index < slice.Count; index += Stride)
            {
                var question = slice[index].Question;
                var answer = TrustPolicy.Default.Decide(question);
                foreach (var client in flipped)
                {
                    asked++;
                    Assert.Equal(answer, TrustPolicy.Default.Decide(question with { Hello = question.Hello with { Client = client } }));
                }
            }
        }

        Assert.True(asked > 100_000, $"only {asked} questions");
    }

    private static IEnumerable<ClientInfo> Flipped(System.Reflection.PropertyInfo field) =>
        field.PropertyType == typeof(NodeSurface) ? [Ask.Client with { Surface = Offer }] : Labels.Select(label => Flipped(field, label));

    private static ClientInfo Flipped(System.Reflection.PropertyInfo field, string label)
    {
        var client = Ask.Client with { };
        field.SetValue(client, label);
        return client;
    }
}
