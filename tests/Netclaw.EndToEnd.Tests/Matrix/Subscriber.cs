using System.Text.Json;
using System.Threading.Channels;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.EndToEnd.Tests.Proxies.Fronts;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests.Matrix;

/// <summary>Somebody who follows one conversation.</summary>
internal sealed class Subscriber : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly Channel<string> _heard;
    private readonly IAsyncDisposable[] _held;

    private Subscriber(Channel<string> heard, params IAsyncDisposable[] held)
    {
        _heard = heard;
        _held = held;
    }

    /// <summary>The owner of the home, on the control socket.</summary>
    public static async Task<Subscriber> OwnerAsync(Place place, string conversation)
    {
        var heard = Channel.CreateUnbounded<string>();
        var connection = await place.OwnerAsync((name, payload) =>
        {
            if (name == SessionMessageEvent.EventName)
            {
                heard.Writer.TryWrite(payload.GetRawText());
            }
        });
        var answer = await connection.CallAsync(SessionsMessagesSubscribeParams.Method, JsonElement.Parse(Wanted(conversation)), default);
        Assert.True(answer.Ok, answer.Error?.Message);
        return new Subscriber(heard, connection);
    }

    /// <summary>A device that was paired by code, both through what stands in front where something does.</summary>
    public static async Task<Subscriber> DeviceAsync(Place place, string conversation)
    {
        var device = new Machine();
        var code = (await place.AskAsync(CodeCreateParams.Method, """{"role":"operator"}""")).GetProperty("code").GetString();
        (await place.Outside.RunAsync(device, code + "\n", "pair", place.Outside.Url, "--code-stdin", "--json")).Expect(ExitCodes.Ok);
        var hub = await RawHub.OpenAsync(await place.Outside.Connect());
        using var key = device.PairedKey();
        var welcome = await Visitor.SayHelloAsync(hub, Role.Operator, key);
        Assert.Equal(("ok", "device-key"), (welcome.Code, welcome.Method));
        Assert.Equal("ok", (await hub.CallAsync(SessionsMessagesSubscribeParams.Method, Wanted(conversation))).Code);
        var heard = Channel.CreateUnbounded<string>();
        _ = ListenAsync(hub, heard.Writer);
        return new Subscriber(heard, hub, device);
    }

    /// <summary>Completes once a message came that has this in it.</summary>
    public async Task HearsAsync(string text)
    {
        while (!(await _heard.Reader.ReadAsync().AsTask().WaitAsync(Bound)).Contains(text, StringComparison.Ordinal))
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var held in _held)
        {
            await held.DisposeAsync();
        }
    }

    private static string Wanted(string conversation) => JsonSerializer.Serialize(new SessionsMessagesSubscribeParams(conversation), ProtocolJson.Default.SessionsMessagesSubscribeParams);

    private static async Task ListenAsync(RawHub hub, ChannelWriter<string> heard)
    {
        try
        {
            while (true)
            {
                heard.TryWrite((await hub.EventAsync(SessionMessageEvent.EventName)).GetRawText());
            }
        }
        catch (Exception e)
        {
            heard.TryComplete(e);
        }
    }
}
