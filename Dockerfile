# The platform with its embedded stores. For production give DATABASE_URL and CLICKHOUSE_URL and start each role alone
# (docs/operations.md).
FROM node:24-bookworm-slim
WORKDIR /app
COPY . .
# The first start would do the same; an image should have done it.
RUN node scripts/run.mjs build && useradd --create-home zhiyuan && mkdir /data && chown -R zhiyuan /data /app
USER zhiyuan
ENV ZHIYUAN_DATA=/data HOST=0.0.0.0 PORT=8080
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["node", "-e", "fetch('http://127.0.0.1:8080/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["npm", "start"]
