using System.ClientModel;
using System.ClientModel.Primitives;
using Netclaw.Daemon.Configuration;
using Netclaw.Protocol;
using OpenAI;
using OpenAI.Chat;
using ChatMessage = OpenAI.Chat.ChatMessage;

namespace Netclaw.Daemon.Agents.OpenAi;

/// <summary>One request to a model, streamed. Retrying is not its business.</summary>
/// <param name="http">Puts the key on the wire, and bounds what comes back.</param>
internal sealed class ModelCall(ModelOptions model, HttpClient http, Secret? key, TimeProvider time)
{
    private readonly ChatClient _client = new(model.Name, new ApiKeyCredential("put on the wire elsewhere"), new OpenAIClientOptions
    {
        Endpoint = model.BaseUrl,
        RetryPolicy = new ClientRetryPolicy(0),
        NetworkTimeout = Timeout.InfiniteTimeSpan,
        Transport = new HttpClientPipelineTransport(http),
        EnableDistributedTracing = false,
        ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false },
    });

    /// <exception cref="ModelTrouble">There is no whole reply.</exception>
    public async Task<ModelReply> StreamAsync(IEnumerable<ChatMessage> messages, ChatCompletionOptions options, AnswerText answer, CancellationToken cancellation)
    {
        var parts = new ReplyParts(answer);
        try
        {
            await foreach (var update in _client.CompleteChatStreamingAsync(messages, options, cancellation))
            {
                if (!parts.Add(update))
                {
                    break;
                }
            }

            return parts.Whole();
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            throw ModelTrouble.Of(e, key, time.GetUtcNow());
        }
    }
}
