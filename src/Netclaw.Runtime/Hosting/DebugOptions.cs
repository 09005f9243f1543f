using System.Text;

namespace Akka.Hosting;

/// <summary>The section <c>akka.actor.debug</c>: null leaves a key to the configuration.</summary>
public class DebugOptions
{
    public bool? Receive { get; set; }

    public bool? AutoReceive { get; set; }

    public bool? LifeCycle { get; set; }

    public bool? FiniteStateMachine { get; set; }

    public bool? EventStream { get; set; }

    public bool? Unhandled { get; set; }

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
