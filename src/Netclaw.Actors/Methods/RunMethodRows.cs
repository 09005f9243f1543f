using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>What is started on this machine.</summary>
internal static class RunMethodRows
{
    internal static readonly MethodEntry[] All =
    [
        new(RunsSpawnParams.Method, Role.Operator, Scope.Write, HandlerKey.Runs, false, typeof(RunsSpawnParams), typeof(RunsSpawnResult),
            "Starts an agent's turn or a program and answers before it has begun; its end is told to the conversation that asked, once. A program takes admin."),
        new(RunsListParams.Method, Role.Operator, Scope.Read, HandlerKey.Runs, true, typeof(RunsListParams), typeof(RunsListResult),
            "Runs, the latest first, a page of them. A run sees itself and what it started."),
        new(RunsGetParams.Method, Role.Operator, Scope.Read, HandlerKey.Runs, true, typeof(RunsGetParams), typeof(RunRow), "One run, with what it wrote or answered."),
        new(RunsWaitParams.Method, Role.Operator, Scope.Read, HandlerKey.Runs, true, typeof(RunsWaitParams), typeof(RunRow), "Answered when the run is over, or when the time is."),
        new(RunsCancelParams.Method, Role.Operator, Scope.Write, HandlerKey.Runs, true, typeof(RunsCancelParams), typeof(RunsCancelResult),
            "Ends a run and all that it started; their process groups are ended, their credentials revoked."),
    ];

    internal static readonly EventEntry[] Events =
        [new(RunRow.EventName, Scope.Read, typeof(RunRow), "A run was accepted, started, ended or announced.")];
}
