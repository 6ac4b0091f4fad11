using TeleCube.Sip.Messages;
using TeleCube.Sip.Transport;

namespace TeleCube.Sip.Transactions;

/// <summary>What the loop of the stack is told, each carrying out itself on the loop's tables.</summary>
abstract record StackInput
{
    StackInput()
    {
    }

    public abstract void Run(StackTables tables);

    public sealed record Received(SipMessage Message, SipFlow Flow, ReadOnlyMemory<byte> Bytes) : StackInput
    {
        public override void Run(StackTables tables)
        {
            if (Message is SipRequest request) tables.Servers.Receive(request, Flow, Bytes);
            else tables.Clients.Receive((SipResponse)Message, Flow);
        }
    }

    public sealed record Begin(PreparedRequest Request, object? Context) : StackInput
    {
        /// <summary>By an earlier life of this process.</summary>
        public bool IsSent { get; init; }

        public override void Run(StackTables tables)
        {
            if (IsSent) tables.Clients.Restore(Request, Context);
            else tables.Clients.Begin(Request, Context);
        }
    }

    public sealed record Respond(ServerTransactionId Transaction, PreparedResponse Response) : StackInput
    {
        public override void Run(StackTables tables) => tables.Servers.Respond(Transaction, Response);
    }

    public sealed record Acknowledge(ClientTransactionId Invite, PreparedRequest Ack) : StackInput
    {
        public override void Run(StackTables tables) => tables.Clients.Acknowledge(Invite, Ack);
    }

    public sealed record Cancel(ClientTransactionId Invite, IReadOnlyList<(string Name, string Value)> Headers) : StackInput
    {
        public override void Run(StackTables tables) => tables.Clients.Cancel(Invite, Headers);
    }

    public sealed record Restore(ServerTransactionId Id, ReceivedRequest Invite, PreparedResponse? Last) : StackInput
    {
        public override void Run(StackTables tables) => tables.Servers.Restore(Id, Invite, Last);
    }

    public sealed record SendFailed(string Key, SipTarget Target) : StackInput
    {
        public override void Run(StackTables tables)
        {
            if (!tables.Clients.Failed(Key)) tables.Servers.Failed(Key);
        }
    }

    /// <summary>Nothing to do but the timers, which follow every slice.</summary>
    public sealed record Alarm : StackInput
    {
        public static readonly Alarm Instance = new();

        public override void Run(StackTables tables)
        {
        }
    }

    public sealed record FlowClosed(FlowId Flow) : StackInput
    {
        public override void Run(StackTables tables) => tables.Context.User.FlowClosed(Flow);
    }
}

/// <summary>What belongs to the thread that runs the loop and to nobody else.</summary>
sealed record StackTables(StackContext Context, ClientTransactions Clients, ServerTransactions Servers);
