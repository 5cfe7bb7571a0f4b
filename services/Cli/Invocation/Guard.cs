using System.Net;
using SparsePipeline.Cli.Recipes;
using SparsePipeline.Client;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Infrastructure.Runs;

namespace SparsePipeline.Cli;

/// <summary>Turns whatever a handler throws into an exit code and a line that names what to do.</summary>
internal static class Guard
{
    public static async Task<int> RunAsync(
        Invocation invocation, Func<Invocation, CancellationToken, Task<int>> handler, CancellationToken cancellationToken)
    {
        try
        {
            return await DiskWait.RunAsync(invocation, handler, cancellationToken);
        }
        catch (DomainException refusal)
        {
            invocation.Refuse(new CommandError(refusal.Failure.Code, refusal.Failure.Reason, refusal.Failure.Remedy));
            return ExitCodes.Of(refusal.Failure);
        }
        catch (InvalidRecipeException invalid)
        {
            invocation.Refuse(invalid.Errors);
            return ExitCodes.Usage;
        }
        catch (RefusedRunException refused)
        {
            invocation.Refuse([.. refused.Problems.Select(p => new CommandError(p.Code, p.Reason, p.Remedy))]);
            return ExitCodes.Of(refused.Problems[0]);
        }
        catch (GatewayException refused)
        {
            invocation.Refuse([.. refused.Errors.Select(e => new CommandError(e.Code, e.Reason, e.Remedy))]);
            return (int)refused.Status >= 500 || refused.Status == HttpStatusCode.TooManyRequests ? ExitCodes.Environment : ExitCodes.RefusedInput;
        }
        catch (GatewayUnreachableException away)
        {
            invocation.Refuse(new CommandError("environment", away.Message, "Check --gateway, and whether the gateway is ready: GET /health/ready says so."));
            return ExitCodes.Environment;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            invocation.Refuse(new CommandError("cancelled", "Stopped before the end.", "Run the same command again."));
            return ExitCodes.Cancelled;
        }
        catch (IOException away) when (away is BrokerUnavailableException or StoreUnavailableException)
        {
            invocation.Refuse(new CommandError("environment", away.Message, "`sparsepipe doctor` with the same --profile looks at each part."));
            return ExitCodes.Environment;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or RunnerUnavailableException)
        {
            invocation.Refuse(new CommandError("environment", failure.Message, "Check the path, the free space and the permissions; `sparsepipe doctor` helps."));
            return ExitCodes.Environment;
        }
#pragma warning disable CA1031 // Last resort of a process: anything else is a defect, reported with its trace on standard error.
        catch (Exception defect)
        {
            invocation.Refuse(new CommandError("defect", $"{defect.GetType().Name}: {defect.Message}", "This is a defect; please report it with the trace below."));
            await invocation.Terminal.Error.WriteLineAsync(defect.StackTrace);
            return ExitCodes.Defect;
        }
#pragma warning restore CA1031
    }
}
