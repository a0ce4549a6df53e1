// Default of NODE_ENV: production. This file has to be imported first.
// graphql-js reads it while it loads. In development mode it checks every type twice, which takes 8 % of the CPU time.
process.env['NODE_ENV'] ??= 'production';
