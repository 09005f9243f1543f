namespace Netclaw.Runtime.Sql.Sqlite;

/// <summary>A job whose outcome is a task.</summary>
internal abstract class TaskJob : WriterJob
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Done => _done.Task;

    public override void Completed(Exception? failure)
    {
        if (failure is null)
        {
            _done.SetResult();
        }
        else
        {
            _done.SetException(failure);
        }
    }
}
