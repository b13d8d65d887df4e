using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Orleans.Embedded.Proxies")]
[assembly: InternalsVisibleTo("Orleans.Embedded.Tests")]
