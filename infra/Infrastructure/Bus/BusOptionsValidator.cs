using Microsoft.Extensions.Options;

namespace SparsePipeline.Infrastructure.Bus;

[OptionsValidator]
internal sealed partial class BusOptionsValidator : IValidateOptions<BusOptions>;
