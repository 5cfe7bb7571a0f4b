using Microsoft.Extensions.Options;

namespace SparsePipeline.Infrastructure.Options;

[OptionsValidator]
internal sealed partial class S3OptionsValidator : IValidateOptions<S3Options>;
