using System.Reflection;
using System.Text;
using System.Text.Json;

namespace SparsePipeline.Contracts.Tests;

/// <summary>Writes docs/messages.md from the records and their documentation.</summary>
internal static class MessagesPage
{
    // A test of the topology pins the names, another sends the envelope below as it stands.
    private const string OnTheBroker = """
        ## On RabbitMQ

        Names of exchanges and queues, and the arguments of queues, are a contract: services of other versions and programs outside use them,
        and a broker refuses a queue that is declared again with other arguments. `sparsepipe topology --profile NAME` declares everything
        and consumes nothing; it comes before the first service, so that services may start in any order and nothing published is lost.

        | exchange (all durable, all but one fanout) | reaches |
        |---|---|
        | `SparsePipeline.Contracts:NAME` of an event | every planner's queue (`RunSubmitted`, `RunNudged`, `CheckpointReady`, `CheckpointEvaluated`, `StepFinished`, `StepFailed`), and `follow-runs` |
        | `QUEUE`, one per queue below | exactly that queue; commands are sent here and are mandatory: one that reaches no queue is an error of the sender |
        | `MassTransit:Fault--SparsePipeline.Contracts:NAME--` | `follow-runs`: a command was given up |
        | `follow-runs`, direct | whoever follows the run that the routing key names; events and faults are published with their run's id as routing key |

        | queue | for |
        |---|---|
        | `train-checkpoint`, `prune-checkpoint`, `cook-soup`, `evaluate-checkpoint`, `collect-statistics`, `time-layers` | commands; a worker takes as many as it computes at once and acknowledges when the step is done or its slice is over |
        | `plan-training`, `plan-pruning`, `plan-soup`, `plan-evaluation`, `plan-collect`, `plan-time` | events that are a reason to plan |
        | `QUEUE_error` | messages whose consumer threw after its retries, that cannot be read, or that were delivered 20 times without an answer |
        | `QUEUE_skipped` | messages of a type that the queue's consumer does not know |
        | `follow-run-HOST-PROCESS-RANDOM` | the events of one run for one who follows it; gone when it is followed no more, or a minute after the process |

        Queues are quorum queues: replicated where the broker is a cluster, on disk before a publisher is told so. `x-delivery-limit` is 20 with
        `x-dead-letter-exchange` to the error queue and `x-dead-letter-strategy` `at-least-once`, so a message that kills whoever takes it ends
        where a person sees it. An unacknowledged message goes back to its queue after the broker's `consumer_timeout`: it must exceed
        `Slices:BudgetSeconds` and the longest step that is not sliced; 4 hours is what the brokers of this repository are set to.

        ### Publishing from another program

        Any AMQP client will do. Publish to the event's exchange, persistent, with confirms, the run's id as routing key, content type `application/vnd.masstransit+json`, and
        an envelope around the message. `messageId` is optional, but error queues show it.

        ```json
        {
          "messageId": "2d6f3b1e-6d0b-4c37-9a55-0d1f4f1f8c11",
          "messageType": ["urn:message:SparsePipeline.Contracts:RunNudged"],
          "message": { "runId": "sms-digits-0123456789ab" }
        }
        ```

        To listen, declare a queue of your own and bind it to the exchanges of the events you want; the message is under `message`. Events
        may come twice, late or out of order, and say only that it is worth looking: what counts is what the store holds.

        """;

    public static string Generate()
    {
        var page = new StringBuilder("""
            # Messages

            Generated from `contracts/Messages` and `contracts/Steps`; `make docs` writes it again.
            Commands are verb-noun and go to one queue, events are noun-past and go to whoever listens. They carry references to artifacts,
            never weights. Namespace and name are the wire address, so a message is never renamed or moved; fields are only added.
            An example of each is in `tests/Contracts.Tests/Golden`.


            """);
        foreach (var message in SampleMessages.All) Append(page, message.GetType());
        page.Append("## What commands carry\n\n");
        foreach (var spec in SampleSpecs.All.Values.Select(s => s.GetType()).Distinct()) Append(page, spec);
        page.Append(OnTheBroker);
        return page.ToString();
    }

    private static void Append(StringBuilder page, Type type)
    {
        page.Append($"### {type.Name}\n\n{ContractSummaries.Of(type)}\n\n| field | type | |\n|---|---|---|\n");
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is not null);
        foreach (var property in properties)
            page.Append($"| `{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}` | {Name(property)} | {ContractSummaries.Of(property)} |\n");
        page.Append('\n');
    }

    private static string Name(PropertyInfo property)
    {
        var optional = new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable ? ", optional" : "";
        return Name(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) + optional;
    }

    private static string Name(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.String => "string",
        TypeCode.Int32 or TypeCode.Int64 => "integer",
        TypeCode.Double => "number",
        TypeCode.Boolean => "boolean",
        _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) => $"map to {Name(type.GetGenericArguments()[1])}",
        _ when type.IsGenericType => $"list of {Name(type.GetGenericArguments()[0])}",
        _ when type == typeof(DateTimeOffset) => "date and time",
        _ => type.Name,
    };
}
