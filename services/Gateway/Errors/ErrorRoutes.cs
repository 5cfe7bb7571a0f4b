using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Access;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Bus.Errors;

namespace SparsePipeline.Gateway.Errors;

/// <summary><c>/v1/errors</c> and <c>/v1/queues</c>: messages that were given up, as <c>sparsepipe errors</c> shows them. Without a broker there are none.</summary>
internal sealed class ErrorRoutes(IOptions<BusOptions> bus, IOptions<RabbitMqOptions> broker) : IRoutes
{
    private const int MostId = 256;
    private readonly ErrorQueues _queues = new(broker.Value);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/errors", (Delegate)ListAsync).Allow(AllowedRoles.Operators)
            .WithSummary("Messages that were given up, by queue and run; they stay where they are.").Produces<Page<FailedMessage>>();
        routes.MapGet("/errors/{id}", (Delegate)ReadAsync).Allow(AllowedRoles.Operators).WithSummary("One of them.").Produces<FailedMessage>();
        routes.MapPost("/errors/{id}/retry", (Delegate)RetryAsync).Allow(AllowedRoles.Operators).WithSummary("Send it to where it failed, as it was.").Produces<Page<FailedMessage>>();
        routes.MapPost("/errors/{id}/drop", (Delegate)DropAsync).Allow(AllowedRoles.Operators).WithSummary("Throw it away.").Produces<Page<FailedMessage>>();
        routes.MapGet("/queues", (Delegate)CountAsync).Allow(AllowedRoles.Viewers).WithSummary("How many messages wait in which queue.").Produces<Page<ErrorQueueCount>>();
    }

    private async Task<IResult> ListAsync(HttpContext context)
    {
        var limit = PageQuery.Limit(context);
        var filter = new FailedMessageFilter { Queue = PageQuery.Text(context, "queue"), Run = PageQuery.Text(context, "run") };
        return Answers.Ok(new Page<FailedMessage>(bus.Value.IsShared ? await _queues.ListAsync(filter, limit, context.RequestAborted) : [], Next: null));
    }

    private async Task<IResult> ReadAsync(HttpContext context, string id) =>
        Answers.Ok((await FoundAsync(id, filter => _queues.ListAsync(filter, limit: 1, context.RequestAborted))).Items[0]);

    private async Task<IResult> RetryAsync(HttpContext context, string id)
    {
        try
        {
            return Answers.Ok(await FoundAsync(id, filter => _queues.RetryAsync(filter, context.RequestAborted)));
        }
        catch (IOException refused) when (refused is not BrokerUnavailableException)
        {
            throw RefusedRequestException.Of(StatusCodes.Status409Conflict, "not-taken", refused.Message, "Mend that, and try again: the message is where it was.");
        }
    }

    private async Task<IResult> DropAsync(HttpContext context, string id) => Answers.Ok(await FoundAsync(id, filter => _queues.DropAsync(filter, context.RequestAborted)));

    private async Task<IResult> CountAsync(HttpContext context) =>
        Answers.Ok(new Page<ErrorQueueCount>(bus.Value.IsShared ? await _queues.CountAllAsync(context.RequestAborted) : [], Next: null));

    private async Task<Page<FailedMessage>> FoundAsync(string id, Func<FailedMessageFilter, Task<IReadOnlyList<FailedMessage>>> act) =>
        bus.Value.IsShared && id.Length <= MostId && await act(new FailedMessageFilter { Id = id }) is { Count: > 0 } found
            ? new Page<FailedMessage>(found, Next: null)
            : throw RefusedRequestException.NotFound("such message", "GET /v1/errors lists those that there are.");
}
