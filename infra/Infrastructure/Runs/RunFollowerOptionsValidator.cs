using Microsoft.Extensions.Options;

namespace SparsePipeline.Infrastructure.Runs;

[OptionsValidator]
internal sealed partial class RunFollowerOptionsValidator : IValidateOptions<RunFollowerOptions>;
