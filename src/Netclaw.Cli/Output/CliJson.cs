using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Netclaw.Cli.Approvals;
using Netclaw.Cli.Authentication;
using Netclaw.Cli.Backups;
using Netclaw.Cli.Completion;
using Netclaw.Cli.Configuration;
using Netclaw.Cli.Connections;
using Netclaw.Cli.Conversations;
using Netclaw.Cli.Cron;
using Netclaw.Cli.Daemon;
using Netclaw.Cli.Devices;
using Netclaw.Cli.Doctoring;
using Netclaw.Cli.Explaining;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Logs;
using Netclaw.Cli.Nodes;
using Netclaw.Cli.Pairing;
using Netclaw.Cli.Recovery;
using Netclaw.Cli.Service;
using Netclaw.Cli.Status;
using Netclaw.Protocol;

namespace Netclaw.Cli.Output;

/// <summary>The shapes of <c>--json</c>, compiled ahead.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CallError))]
[JsonSerializable(typeof(CallError[]))]
[JsonSerializable(typeof(FailureDetails))]
[JsonSerializable(typeof(Progress))]
[JsonSerializable(typeof(StatusReport))]
[JsonSerializable(typeof(ConnectionsReport))]
[JsonSerializable(typeof(DevicesReport))]
[JsonSerializable(typeof(PairApproveResult))]
[JsonSerializable(typeof(PairRejectResult))]
[JsonSerializable(typeof(PairRemoveResult))]
[JsonSerializable(typeof(LegacyRemoveResult))]
[JsonSerializable(typeof(ImportReading))]
[JsonSerializable(typeof(ImportReport))]
[JsonSerializable(typeof(LocalPairingResult))]
[JsonSerializable(typeof(PairRenameResult))]
[JsonSerializable(typeof(DevicesConfirmResult))]
[JsonSerializable(typeof(ScopesSetResult))]
[JsonSerializable(typeof(TokenRotateResult))]
[JsonSerializable(typeof(KeyReport))]
[JsonSerializable(typeof(CodeCreateResult))]
[JsonSerializable(typeof(Invitation))]
[JsonSerializable(typeof(PairReport))]
[JsonSerializable(typeof(UpReport))]
[JsonSerializable(typeof(StartReport))]
[JsonSerializable(typeof(StopReport))]
[JsonSerializable(typeof(DaemonStatusReport))]
[JsonSerializable(typeof(LogsReport))]
[JsonSerializable(typeof(CodeExplained))]
[JsonSerializable(typeof(CodesExplained))]
[JsonSerializable(typeof(RotateReport))]
[JsonSerializable(typeof(CompletionReport))]
[JsonSerializable(typeof(ConfigCheckReport))]
[JsonSerializable(typeof(JournalCheckReport))]
[JsonSerializable(typeof(ConfigShowReport))]
[JsonSerializable(typeof(ProxyReport))]
[JsonSerializable(typeof(DoctorReport))]
[JsonSerializable(typeof(RunsSpawnResult))]
[JsonSerializable(typeof(RunsListResult))]
[JsonSerializable(typeof(RunRow))]
[JsonSerializable(typeof(RunsCancelResult))]
[JsonSerializable(typeof(Examination))]
[JsonSerializable(typeof(RecoverReport))]
[JsonSerializable(typeof(BackupMade))]
[JsonSerializable(typeof(BackupVerified))]
[JsonSerializable(typeof(RestoreReport))]
[JsonSerializable(typeof(UnpackReport))]
[JsonSerializable(typeof(ScheduleReport))]
[JsonSerializable(typeof(InstallReport))]
[JsonSerializable(typeof(UninstallReport))]
[JsonSerializable(typeof(NodesReport))]
[JsonSerializable(typeof(NodeRow))]
[JsonSerializable(typeof(NodePairApproveResult))]
[JsonSerializable(typeof(NodePairRejectResult))]
[JsonSerializable(typeof(NodePairRemoveResult))]
[JsonSerializable(typeof(NodeRenameResult))]
[JsonSerializable(typeof(NodeInvokeResult))]
[JsonSerializable(typeof(ApprovalsReport))]
[JsonSerializable(typeof(ExecApprovalResolveResult))]
[JsonSerializable(typeof(CronJob))]
[JsonSerializable(typeof(CronJobReport))]
[JsonSerializable(typeof(CronListResult))]
[JsonSerializable(typeof(CronRunResult))]
[JsonSerializable(typeof(CronRunsResult))]
[JsonSerializable(typeof(CronRemoveResult))]
[JsonSerializable(typeof(SessionsReport))]
[JsonSerializable(typeof(ChatHistoryResult))]
[JsonSerializable(typeof(ChatSendResult))]
[JsonSerializable(typeof(SessionsAbortResult))]
[JsonSerializable(typeof(SessionsPatchResult))]
[JsonSerializable(typeof(SessionsDeleteResult))]
[JsonSerializable(typeof(ChatReport))]
internal sealed partial class CliJson : JsonSerializerContext
{
    /// <summary>Made for terminals and pipes, not for web pages: <c>&lt;url&gt;</c> stays readable.</summary>
    public static CliJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
