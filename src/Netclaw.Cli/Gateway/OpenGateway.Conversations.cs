using Netclaw.Protocol;

namespace Netclaw.Cli.Gateway;

/// <summary>The methods about conversations.</summary>
internal sealed partial class OpenGateway
{
    private const string LookAtSessions = "netclaw sessions list";

    /// <summary>Why the connection is over, once it is.</summary>
    public Task<Closing> Closed => connection.Closed;

    public Task<SessionsListResult> SessionsAsync(SessionsListParams parameters) =>
        CallAsync(SessionsListParams.Method, parameters, ProtocolJson.Default.SessionsListParams, ProtocolJson.Default.SessionsListResult);

    /// <returns>Null: there is none of that key.</returns>
    public async Task<SessionRow?> SessionAsync(SessionsDescribeParams parameters) =>
        (await CallAsync(SessionsDescribeParams.Method, parameters, ProtocolJson.Default.SessionsDescribeParams, ProtocolJson.Default.SessionsDescribeResult)).Session;

    public Task<ChatHistoryResult> HistoryAsync(ChatHistoryParams parameters) =>
        CallAsync(ChatHistoryParams.Method, parameters, ProtocolJson.Default.ChatHistoryParams, ProtocolJson.Default.ChatHistoryResult);

    public Task<ChatSendResult> SendAsync(ChatSendParams parameters) =>
        ChangeAsync(ChatSendParams.Method, parameters, ProtocolJson.Default.ChatSendParams, ProtocolJson.Default.ChatSendResult, LookAtSessions);

    public Task<SessionsAbortResult> AbortAsync(SessionsAbortParams parameters) =>
        ChangeAsync(SessionsAbortParams.Method, parameters, ProtocolJson.Default.SessionsAbortParams, ProtocolJson.Default.SessionsAbortResult, LookAtSessions);

    public Task<SessionsPatchResult> PatchAsync(SessionsPatchParams parameters) =>
        ChangeAsync(SessionsPatchParams.Method, parameters, ProtocolJson.Default.SessionsPatchParams, ProtocolJson.Default.SessionsPatchResult, LookAtSessions);

    public Task<SessionsDeleteResult> DeleteAsync(SessionsDeleteParams parameters) =>
        ChangeAsync(SessionsDeleteParams.Method, parameters, ProtocolJson.Default.SessionsDeleteParams, ProtocolJson.Default.SessionsDeleteResult, LookAtSessions);
}
