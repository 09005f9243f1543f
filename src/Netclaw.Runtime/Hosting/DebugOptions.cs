using System.Text;

namespace Akka.Hosting;

/// <summary>The section <c>akka.actor.debug</c>: null leaves a key to the configuration.</summary>
/// <remarks>Akka.NET documentation, "Akka.Hosting".</remarks>
public class DebugOptions
{
    /// <summary>akka.actor.debug.receive</summary>
    public bool? Receive { get; set; }

    /// <summary>akka.actor.debug.autoreceive</summary>
    public bool? AutoReceive { get; set; }

    /// <summary>akka.actor.debug.lifecycle</summary>
    public bool? LifeCycle { get; set; }

    /// <summary>akka.actor.debug.fsm</summary>
    public bool? FiniteStateMachine { get; set; }

    /// <summary>akka.actor.debug.event-stream</summary>
    public bool? EventStream { get; set; }

    /// <summary>akka.actor.debug.unhandled</summary>
    public bool? Unhandled { get; set; }

    /// <inheritdoc/>
    public override string ToString() => ToHocon();

    internal string ToHocon()
    {
        var text = new StringBuilder();
        Add("receive", Receive);
        Add("autoreceive", AutoReceive);
        Add("lifecycle", LifeCycle);
        Add("fsm", FiniteStateMachine);
        Add("event-stream", EventStream);
        Add("unhandled", Unhandled);
        return text.ToString();

        void Add(string key, bool? value)
        {
            if (value is { } known) text.Append("actor.debug.").Append(key).Append(" = ").Append(known.ToHocon()).Append('\n');
        }
    }
}
