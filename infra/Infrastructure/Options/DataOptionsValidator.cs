using Microsoft.Extensions.Options;

namespace SparsePipeline.Infrastructure.Options;

[OptionsValidator]
internal sealed partial class DataOptionsValidator : IValidateOptions<DataOptions>;
